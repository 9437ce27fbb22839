package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.format.csv.CsvMappingFile;
import io.meterlake.format.mscons.MsconsFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
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

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "the market's zone of MSCONS files, such as Europe/Berlin; also that of their times without"
                    + " an offset, which are rejected if it is not given")
    private @Nullable ZoneId timeZone;

    /**
     * The installed formats, and the mapped CSV of {@code --mapping}.
     *
     * @param folder where relative names start
     */
    MeterFormats formats(Path folder) {
        MeterFormats installed = MeterFormats.installed();
        MeterFormats formats = timeZone == null ? installed : installed.replacing(MsconsFormat.inZone(timeZone));
        return mappedFormat(folder).map(formats::with).orElse(formats);
    }

    /** The format that the options name; empty if the content shall tell. */
    Optional<MeterFormat> named(Path folder) {
        if (format != null) {
            return Optional.of(formats(folder).named(format));
        }
        return mappedFormat(folder);
    }

    private Optional<MeterFormat> mappedFormat(Path folder) {
        if (mapping == null) {
            return Optional.empty();
        }
        Path file = folder.resolve(mapping);
        requireFile(file);
        try {
            return Optional.of(CsvFormat.mapped(CsvMappingFile.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
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
