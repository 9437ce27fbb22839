package io.meterlake.cli;

import io.meterlake.config.ConfigReader;
import io.meterlake.demo.SampleDelivery;
import io.meterlake.demo.SampleFile;
import io.meterlake.demo.SampleWeek;
import io.meterlake.devstack.DevStackConfig;
import io.meterlake.devstack.LoneMetastore;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.error.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the build runs once to make the ahead-of-time cache: the commands of every day on sample files, with a lake and a
 * metastore that are thrown away. What is loaded and counted here, a command need not load and count when it starts.
 * Without Trino, which would cost the build half a minute.
 */
final class Training {
    /** Enough rows for the profile of the loops; corrections of the last two days come with them. */
    private static final SampleWeek WEEK = new SampleWeek(LocalDate.of(2026, 1, 25), 3, 400, 100, 2026);

    private final CommandContext context;

    private Training(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs the commands.
     *
     * @param folder an empty one, which is left full
     * @param home where Meterlake is installed
     */
    static void run(Path folder, Path home, Clock clock) throws IOException {
        // The search for settings ends here, whatever the checkout's own file says.
        Files.writeString(folder.resolve(ConfigReader.FILE_NAME), "");
        DevStackConfig config = DevStackConfig.onFreePorts(folder.resolve("stack"), folder.resolve("warehouse"));
        try (LoneMetastore metastore = LoneMetastore.start(config, ServerLibraries.builtIn(home));
                PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            CommandContext context = new CommandContext(
                    new Console(nowhere, nowhere, false, false),
                    Map.of(
                            "METERLAKE_METASTORE_URI", metastore.uri().toString(),
                            "METERLAKE_LAKE_PATH", folder.resolve("lake").toString(),
                            "METERLAKE_MODELS_PATH", home.resolve("sql-models").toString()),
                    folder,
                    home,
                    clock);
            new Training(context).run(new SampleDelivery(WEEK).writeTo(folder.resolve("landing")));
        }
    }

    /**
     * Runs the commands that only look at the SQL project. Their cache knows nothing of Hudi and is a third of the size:
     * what is in it is loaded whenever a command starts.
     *
     * @param folder an empty one, which is left full
     */
    static void runModels(Path folder, Path home, Clock clock) throws IOException {
        Files.writeString(folder.resolve(ConfigReader.FILE_NAME), "");
        try (PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Training training = new Training(new CommandContext(
                    new Console(nowhere, nowhere, false, false),
                    Map.of("METERLAKE_MODELS_PATH", home.resolve("sql-models").toString()),
                    folder,
                    home,
                    clock));
            for (String command : List.of("--help", "ls", "parse", "compile", "ls", "parse")) {
                training.execute(command);
            }
            training.execute("config", "show");
        }
    }

    private void run(List<SampleFile> files) {
        execute("--help");
        execute("ls");
        for (SampleFile file : files) {
            List<String> command = new ArrayList<>(List.of("ingest", "--utility", file.utility()));
            if (file.mapping() != null) {
                command.addAll(List.of("--mapping", file.mapping().toString()));
            }
            command.add(file.path().toString());
            execute(command.toArray(String[]::new));
        }
        execute("snapshot", "list");
    }

    private void execute(String... arguments) {
        int status = CommandLineFactory.execute(context, arguments);
        // Sample files have records that are to be rejected: the status says so.
        if (status != ExitCode.OK.status() && status != ExitCode.DATA.status()) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with " + status);
        }
    }
}
