package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.inspect.Inspection;
import io.meterlake.reading.Reject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code inspect}: what is in a file, without any lake. */
@Command(
        name = "inspect",
        description = "Prints a file's readings as CSV, and what would be rejected on stderr; touches no lake",
        footer = {
            "",
            "Ends with 0 if every record was read, with 3 if some were rejected or the file is void.",
            "The columns are those of a CSV file that `ingest` takes without a mapping; reads of registers have their own."
        },
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private FormatOptions options = new FormatOptions();

    @Parameters(paramLabel = "FILE", description = "a meter file: plain, gzip, zip or zstd")
    private Path path;

    @Override
    public Integer call() {
        Path folder = parent.context().folder();
        Path file = folder.resolve(path);
        FormatOptions.requireFile(file);
        LocalMeterFile meterFile = new LocalMeterFile(file);
        try {
            Optional<MeterFormat> named = options.named(folder);
            MeterFormat format =
                    named.isPresent() ? named.get() : options.formats(folder).detect(meterFile);
            Inspection inspection = Inspection.print(
                    meterFile, format, parent.console().out(), reject -> print(meterFile.name(), reject));
            if (inspection.rejects() > 0) {
                parent.console()
                        .note("%s: %d readings, %d records rejected"
                                .formatted(meterFile.name(), inspection.readings(), inspection.rejects()));
                return ExitCode.DATA.status();
            }
            return ExitCode.OK.status();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private void print(String file, Reject reject) {
        String field = reject.field().isEmpty() ? "" : reject.field() + ": ";
        parent.console()
                .note("%s:%d: %s%s. Fix: %s".formatted(file, reject.line(), field, reject.reason(), reject.hint()));
    }
}
