package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code query SQL}: one statement in Trino. */
@Command(
        name = "query",
        description = "Runs one SQL statement in Trino and prints what it returns",
        footer = {
            "",
            "The lake's tables are hudi.lake.meter_readings and so on; the models are hive.marts.* and hive.staging.*.",
            "Example: meterlake query \"select count(*) from hudi.lake.meter_readings\"",
        },
        mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    /** Where the statement comes from. */
    private static final class Statement {
        @Parameters(paramLabel = "SQL", arity = "0..1", description = "the statement; - reads it from stdin")
        private @Nullable String sql;

        @Option(names = "--file", paramLabel = "FILE", description = "a file that holds the statement")
        private @Nullable Path file;
    }

    @ArgGroup(multiplicity = "1")
    private Statement statement = new Statement();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table, csv or json; table on a terminal and csv elsewhere unless told")
    private @Nullable OutputFormat output;

    @Override
    public Integer call() {
        String sql = sql();
        try (EngineSession session = EngineSession.open(parent.config(), "query")) {
            new ResultPrinter(parent.console(), output).print(session.trino(), sql);
        }
        return ExitCode.OK.status();
    }

    private String sql() {
        if (statement.file != null) {
            Path file = parent.context().folder().resolve(statement.file);
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new MeterlakeException(
                        CliErrorCode.NO_SUCH_FILE,
                        "Cannot read the statement from " + file + ": " + FailedIo.reason(e),
                        "Name a UTF-8 text file that holds one statement.",
                        e);
            }
        }
        if (!"-".equals(statement.sql)) {
            return statement.sql == null ? "" : statement.sql;
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read stdin", e);
        }
    }
}
