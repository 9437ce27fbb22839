package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.log.LoggedRun;
import io.meterlake.log.RunLogs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code runs list|show}: the logs of earlier commands. */
@Command(
        name = "runs",
        description = "Finds earlier commands again: how they ended, what they touched, and what they said",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show)")
final class RunsCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(name = "list", description = "Lists the runs, the newest first", mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--last",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "at most so many; 0: all (default: ${DEFAULT-VALUE})")
                    int last,
            @Option(
                            names = "--command",
                            paramLabel = "NAME",
                            description = "only of this command and its subcommands, as ingest, report or report-run")
                    @Nullable
                    String command,
            @Option(names = "--failed", description = "only what failed or was cut off") boolean failed,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        long most = LastFew.most(last, "runs");
        List<LoggedRun> runs = logs().all().stream()
                .filter(run -> command == null || isOf(run, command.replace(' ', '-')))
                .filter(run -> !failed || run.status().isFailure())
                .limit(most)
                .toList();
        new RunsText(parent.console()).list(runs, output);
        return ExitCode.OK.status();
    }

    private static boolean isOf(LoggedRun run, String command) {
        return run.command().equals(command) || run.command().startsWith(command + "-");
    }

    @Command(
            name = "show",
            description = "Shows a run: its command line, its end, what it touched, and all that it said",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "as `runs list` names it") String id,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        RunLogs logs = logs();
        LoggedRun run = logs.find(id);
        new RunsText(parent.console()).show(run, logs.lines(run), output);
        return ExitCode.OK.status();
    }

    private RunLogs logs() {
        return LoggedExecution.logs(parent.config());
    }
}
