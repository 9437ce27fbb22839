package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.format.csv.CsvMappingFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a file's format is told: by its content, unless these options say otherwise. */
final class FormatOptions {
    @Option(names = "--format", paramLabel = "NAME", description = "the files' format; found by content if not given")
    private @Nullable String format;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "what the columns of the sender's CSV files mean (YAML)")
    private @Nullable Path mapping;

    /** The installed formats, and the mapped CSV of {@code --mapping}. */
    MeterFormats formats() {
        return mappedFormat().map(MeterFormats.installed()::with).orElseGet(MeterFormats::installed);
    }

    /** The format that the options name; empty if the content shall tell. */
    Optional<MeterFormat> named() {
        if (format != null) {
            return Optional.of(formats().named(format));
        }
        return mappedFormat();
    }

    private Optional<MeterFormat> mappedFormat() {
        if (mapping == null) {
            return Optional.empty();
        }
        requireFile(mapping);
        try {
            return Optional.of(CsvFormat.mapped(CsvMappingFile.read(mapping)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + mapping, e);
        }
    }

    static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MeterlakeException(
                    CliErrorCode.NO_SUCH_FILE,
                    "Cannot read %s: there is no such file".formatted(file),
                    "Check the name; relative names start at the folder you are in.");
        }
    }
}
