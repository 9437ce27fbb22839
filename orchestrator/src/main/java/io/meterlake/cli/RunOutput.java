package io.meterlake.cli;

import picocli.CommandLine.Option;

/** How run, build, test and seed print what became of them. */
final class RunOutput {
    /** The choices. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "text: all is progress, on stderr; json: one document with each result on stdout")
    private Format format = Format.TEXT;

    boolean isJson() {
        return format == Format.JSON;
    }
}
