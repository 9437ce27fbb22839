package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.json.JsonDocuments;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code config show}: every setting in force and where its value came from. */
@Command(name = "config", description = "Shows the settings in force", mixinStandardHelpOptions = true)
final class ConfigCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    /** A setting as JSON has it, under its key. */
    record Shown(String value, String origin) {}

    @Command(
            name = "show",
            description = "Prints each setting, its value and where the value came from",
            mixinStandardHelpOptions = true)
    int show(
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        Config config = parent.config();
        switch (output) {
            case JSON -> {
                Map<String, Shown> all = new LinkedHashMap<>();
                for (Setting setting : Setting.values()) {
                    Config.Value value = config.value(setting);
                    all.put(setting.key(), new Shown(value.shown(setting), value.origin()));
                }
                parent.console().out().print(JsonDocuments.document(all));
            }
            case TEXT -> {
                for (Setting setting : Setting.values()) {
                    Config.Value value = config.value(setting);
                    parent.console()
                            .out()
                            .printf(
                                    "%-26s %-22s %-24s # %s%n",
                                    setting.key(), quoted(value.shown(setting)), value.origin(), setting.meaning());
                }
            }
        }
        return 0;
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "(empty)" : text;
    }
}
