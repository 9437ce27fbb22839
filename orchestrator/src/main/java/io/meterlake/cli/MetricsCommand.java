package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.disk.DurableFile;
import io.meterlake.error.ExitCode;
import io.meterlake.metrics.OpenMetricsText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code metrics}: how the lake stands, for a monitoring system. */
@Command(
        name = "metrics",
        description = "Writes how the lake stands as OpenMetrics text",
        footer = {
            "",
            "With --file the file is replaced in one step, as the node exporter's textfile collector wants it:",
            "  meterlake metrics --file /var/lib/node_exporter/meterlake.prom",
            "Ends with 1 if the lake cannot be read; what is known without it is written all the same, and",
            "meterlake_lake_up is 0. `ingest --watch --metrics-port` serves the same over HTTP."
        },
        mixinStandardHelpOptions = true)
final class MetricsCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Option(names = "--file", paramLabel = "FILE", description = "where to write; stdout if not given")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Config config = parent.config();
        LakeMetricsSource source =
                new LakeMetricsSource(config, parent.context().clock());
        String text = OpenMetricsText.of(source.read());
        if (file == null) {
            parent.console().out().print(text);
        } else {
            write(parent.context().folder().resolve(file).toAbsolutePath(), text);
        }
        source.failure().ifPresent(failure -> new FailureReport(parent.console(), parent.debug()).show(failure, false));
        return (source.failure().isEmpty() ? ExitCode.OK : ExitCode.FAILED).status();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the metrics to " + file, e);
        }
    }
}
