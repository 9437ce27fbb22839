package io.meterlake.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The subcommands of the root, in the order of its help. Picocli reads the annotations of all that it is given, which takes
 * a quarter of a second, so it is given the one that is called.
 */
final class Subcommands {
    /** Options of the root whose value is a word of its own. */
    private static final Set<String> WITH_VALUE = Set.of("--set", "--log-format");

    private static final SequencedMap<String, Supplier<Object>> ALL = all();

    private Subcommands() {}

    private static SequencedMap<String, Supplier<Object>> all() {
        SequencedMap<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("stack", StackCommand::new);
        commands.put("airflow", AirflowCommand::new);
        commands.put("lake", LakeCommand::new);
        commands.put("ingest", IngestCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("rejects", RejectsCommand::new);
        commands.put("parse", ParseCommand::new);
        commands.put("ls", LsCommand::new);
        commands.put("compile", CompileCommand::new);
        commands.put("seed", SeedCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("test", TestCommand::new);
        commands.put("build", BuildCommand::new);
        commands.put("retry", RetryCommand::new);
        commands.put("show", ShowCommand::new);
        commands.put("docs", DocsCommand::new);
        commands.put("clean", CleanCommand::new);
        commands.put("source", SourceCommand::new);
        commands.put("snapshot", SnapshotCommand::new);
        commands.put("report", ReportCommand::new);
        commands.put("retention", RetentionCommand::new);
        commands.put("lineage", LineageCommand::new);
        commands.put("runs", RunsCommand::new);
        commands.put("audit", AuditCommand::new);
        commands.put("alarms", AlarmsCommand::new);
        commands.put("metrics", MetricsCommand::new);
        commands.put("dashboard", DashboardCommand::new);
        commands.put("query", QueryCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("help", Subcommands::help);
        return Collections.unmodifiableSequencedMap(commands);
    }

    /** Not a reference to its constructor: JDK 25 cannot archive one of a class that it does not archive, and crashes. */
    private static Object help() {
        return new CommandLine.HelpCommand();
    }

    /** Adds the one that is called; all of them if it cannot be told or the command line is about the root. */
    static void addTo(CommandLine root, String... arguments) {
        Optional<String> called = called(List.of(arguments));
        ALL.forEach((name, command) -> {
            if (called.isEmpty() || called.get().equals(name)) {
                root.addSubcommand(command.get());
            }
        });
    }

    private static Optional<String> called(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                String name = word.equals("list") ? "ls" : word;
                return ALL.containsKey(name) && !name.equals("help") ? Optional.of(name) : Optional.empty();
            } else if (Set.of("-h", "--help", "-V", "--version").contains(word)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
