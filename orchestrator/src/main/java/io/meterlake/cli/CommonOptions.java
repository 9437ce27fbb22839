package io.meterlake.cli;

import io.meterlake.config.Setting;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command takes, before or after its name. */
final class CommonOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting for this call, such as lake.path=/data/lake",
            scope = picocli.CommandLine.ScopeType.INHERIT)
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--debug",
            description = "show stack traces and the servers' log messages",
            scope = picocli.CommandLine.ScopeType.INHERIT)
    private boolean debug;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "how messages on stderr are written; log.format if not given",
            scope = picocli.CommandLine.ScopeType.INHERIT)
    private @Nullable TextOrJson logFormat;

    /** Those of this call. */
    Map<String, String> settings() {
        if (logFormat == null) {
            return settings;
        }
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(Setting.LOG_FORMAT.key(), logFormat.name().toLowerCase(Locale.ROOT));
        return all;
    }

    boolean debug() {
        return debug;
    }
}
