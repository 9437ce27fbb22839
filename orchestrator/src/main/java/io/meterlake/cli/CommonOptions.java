package io.meterlake.cli;

import java.util.LinkedHashMap;
import java.util.Map;
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

    Map<String, String> settings() {
        return settings;
    }

    boolean debug() {
        return debug;
    }
}
