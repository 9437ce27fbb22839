package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogSink;
import io.meterlake.log.LoggedRun;
import io.meterlake.log.RunLog;
import io.meterlake.log.RunLogs;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs a command, shows its messages as they are wanted, and keeps a log of it if it is one that touches the lake. */
final class LoggedExecution implements IExecutionStrategy {
    /** Of which logs are kept, their subcommands included. */
    private static final Set<String> KEPT = Set.of(
            "demo",
            "ingest",
            "rejects",
            "seed",
            "run",
            "test",
            "build",
            "retry",
            "snapshot",
            "report",
            "retention",
            "lineage",
            "dashboard");

    /** Of which none are: they only look. */
    private static final Set<String> LOOKS = Set.of(
            "ingest status",
            "ingest check",
            "rejects list",
            "rejects show",
            "dashboard preview",
            "dashboard plan",
            "lake show",
            "stack status",
            "airflow status");

    /** Of which no log is kept, and which the audit trail tells of before they begin as well: they change something. */
    private static final Set<String> CHANGE = Set.of("lake", "stack", "airflow", "clean");

    /** Of which the audit trail tells when they have ended: they show what is in the lake. */
    private static final Set<String> SHOW = Set.of("query", "show");

    /** Says what went wrong and gives the exit status. */
    interface Failures {
        int report(Exception failure, MeterlakeCommand root, ParseResult parsed);
    }

    private final MeterlakeCommand root;
    private final Failures failures;
    private final boolean isWatched;

    LoggedExecution(MeterlakeCommand root, Failures failures) {
        this.root = root;
        this.failures = failures;
        this.isWatched = root.console().errIsTerminal();
    }

    @Override
    public int execute(ParseResult parsed) {
        if (asksForHelp(parsed)) {
            return new RunLast().execute(parsed);
        }
        boolean json = ShownLog.isSetToJson(root.context(), root.flags());
        if (json) {
            root.showJson("");
        }
        Optional<Config> config = config();
        Optional<AuditNote> note = isAudited(parsed)
                ? AuditNote.of(config, root.context(), command(parsed), arguments(parsed))
                : Optional.empty();
        if (note.isPresent() && changes(parsed)) {
            try {
                note.get().began();
            } catch (MeterlakeException e) {
                return failures.report(e, root, parsed);
            }
        }
        int status = ExitCode.FAILED.status();
        try {
            status = execute(parsed, config, json, note);
        } catch (ParameterException e) {
            status = ExitCode.USAGE.status();
            throw e;
        } finally {
            end(note, status, changes(parsed));
        }
        return status;
    }

    /** Never fails: the command has done its work, and its status stands. */
    private void end(Optional<AuditNote> note, int status, boolean hasBegun) {
        try {
            note.ifPresent(of -> of.ended(status));
        } catch (MeterlakeException e) {
            root.console().log().write(LogEvent.warning(e.getMessage() + (hasBegun ? "; that it began is in it" : "")));
        }
    }

    private int execute(ParseResult parsed, Optional<Config> config, boolean json, Optional<AuditNote> note) {
        Optional<RunLog> kept = config.filter(any -> isKept(parsed))
                .flatMap(read -> logs(read)
                        .begin(
                                command(parsed),
                                arguments(parsed),
                                root.context().clock(),
                                root.console().log()::write));
        if (kept.isPresent()) {
            return keeping(kept.get(), parsed, json, note);
        }
        note.ifPresent(this::alsoTo);
        return json ? showingLibraries(parsed) : run(parsed);
    }

    private void alsoTo(LogSink listener) {
        root.log(LogSink.both(root.console().log(), listener));
    }

    private int showingLibraries(ParseResult parsed) {
        try (LibraryLog libraries = LibraryLog.instead(root.console().log())) {
            Objects.requireNonNull(libraries);
            return run(parsed);
        }
    }

    private int keeping(RunLog kept, ParseResult parsed, boolean json, Optional<AuditNote> note) {
        if (json) {
            root.showJson(kept.id());
        }
        note.ifPresent(this::alsoTo);
        LogSink shown = root.console().log();
        LogSink both = LogSink.both(shown, kept);
        root.log(both);
        shown.write(kept.start());
        Thread toldToEnd = new Thread(kept::interrupted, "run-log");
        Runtime.getRuntime().addShutdownHook(toldToEnd);
        int status = ExitCode.FAILED.status();
        try (LibraryLog libraries = json ? LibraryLog.instead(both) : LibraryLog.beside(kept)) {
            Objects.requireNonNull(libraries);
            status = run(parsed);
        } catch (ParameterException e) {
            status = ExitCode.USAGE.status();
            throw e;
        } finally {
            forget(toldToEnd);
            tell(kept, status);
            shown.write(kept.ended(status));
        }
        return status;
    }

    /** Never fails: the command has done its work, and its status stands. */
    private void tell(RunLog kept, int status) {
        try {
            Config config = root.config();
            LoggedRun run = kept.outcome(status);
            new RunAlarms(RunAlarms.incidents(config, root.context()), isWatched)
                    .after(run, logs(config).lines(run));
        } catch (MeterlakeException e) {
            root.console().log().write(LogEvent.warning("Cannot look for alarms: " + e.getMessage()));
        }
    }

    private int run(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (ExecutionException e) {
            return failures.report(e.getCause() instanceof Exception cause ? cause : e, root, parsed);
        } catch (OutOfMemoryError e) {
            return failures.report(
                    new MeterlakeException(
                            CliErrorCode.OUT_OF_MEMORY,
                            "Cannot go on: the memory is used up, %d MB"
                                    .formatted(Runtime.getRuntime().maxMemory() >> 20),
                            "Give it more: METERLAKE_JAVA_OPTS=-Xmx4g. Nothing is left half done: run the command again.",
                            e),
                    root,
                    parsed);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs already.
        }
    }

    /** The settings; what is wrong with them is told by the command itself. */
    private Optional<Config> config() {
        try {
            return Optional.of(root.config());
        } catch (MeterlakeException e) {
            return Optional.empty();
        }
    }

    static RunLogs logs(Config config) {
        return new RunLogs(config.path(Setting.RUNS_PATH).resolve("logs"), config.number(Setting.RUNS_LOGS_KEPT));
    }

    private static boolean asksForHelp(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .anyMatch(command -> command.isUsageHelpRequested() || command.isVersionHelpRequested());
    }

    private static boolean isKept(ParseResult parsed) {
        return isOneOf(parsed, KEPT) && !LOOKS.contains(command(parsed));
    }

    private static boolean isAudited(ParseResult parsed) {
        return isOneOf(parsed, KEPT) || isOneOf(parsed, CHANGE) || isOneOf(parsed, SHOW);
    }

    private static boolean changes(ParseResult parsed) {
        return (isOneOf(parsed, KEPT) || isOneOf(parsed, CHANGE)) && !LOOKS.contains(command(parsed));
    }

    /** Whether it is one of these, or a subcommand that does something. */
    private static boolean isOneOf(ParseResult parsed, Set<String> commands) {
        List<CommandSpec> specs = specs(parsed);
        Object command = specs.getLast().userObject();
        return specs.size() > 1
                && commands.contains(specs.get(1).name())
                && (command instanceof Callable<?> || command instanceof Method);
    }

    private static String command(ParseResult parsed) {
        return String.join(" ", words(parsed));
    }

    private static List<String> arguments(ParseResult parsed) {
        return CommandWords.withoutSecrets(parsed.originalArgs());
    }

    private static List<String> words(ParseResult parsed) {
        return specs(parsed).stream().skip(1).map(CommandSpec::name).toList();
    }

    private static List<CommandSpec> specs(ParseResult parsed) {
        List<CommandSpec> specs = new ArrayList<>();
        for (ParseResult one = parsed; one != null; one = one.subcommand()) {
            specs.add(one.commandSpec());
        }
        return specs;
    }
}
