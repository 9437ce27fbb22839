package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code config show}: every setting in force and where its value came from. */
@Command(name = "config", description = "Shows the settings in force", mixinStandardHelpOptions = true)
final class ConfigCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "show",
            description = "Prints each setting, its value and where the value came from",
            mixinStandardHelpOptions = true)
    int show() {
        Config config = parent.config();
        for (Setting setting : Setting.values()) {
            Config.Value value = config.value(setting);
            parent.console()
                    .out()
                    .printf(
                            "%-26s %-22s %-24s # %s%n",
                            setting.key(), quoted(value.shown(setting)), value.origin(), setting.meaning());
        }
        return 0;
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "(empty)" : text;
    }
}
