package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.log.LogSink;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** The root command: the front door that {@code --help} shows. */
@Command(
        name = "meterlake",
        mixinStandardHelpOptions = true,
        version = "meterlake 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        header = "A lakehouse for electricity meter data whose reports can be rebuilt byte for byte.",
        subcommands = {
            DemoCommand.class,
            StackCommand.class,
            LakeCommand.class,
            IngestCommand.class,
            InspectCommand.class,
            RejectsCommand.class,
            ParseCommand.class,
            LsCommand.class,
            CompileCommand.class,
            SeedCommand.class,
            RunCommand.class,
            TestCommand.class,
            BuildCommand.class,
            ShowCommand.class,
            DocsCommand.class,
            SnapshotCommand.class,
            ReportCommand.class,
            RetentionCommand.class,
            LineageCommand.class,
            RunsCommand.class,
            AlarmsCommand.class,
            MetricsCommand.class,
            DashboardCommand.class,
            QueryCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            HelpCommand.class
        })
final class MeterlakeCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    private CommandContext context;

    MeterlakeCommand(CommandContext context) {
        this.context = context;
    }

    CommandContext context() {
        return context;
    }

    /** From now on messages are shown as JSON, and nothing is drawn in place. */
    void showJson(String runId) {
        context = context.withConsole(context.console().withoutDrawing().withLog(ShownLog.json(context, runId)));
    }

    /** From now on messages go there. */
    void log(LogSink log) {
        context = context.withConsole(context.console().withLog(log));
    }

    Console console() {
        return context.console();
    }

    Config config() {
        return context.config(common.settings());
    }

    /** Settings of the command line. */
    Map<String, String> flags() {
        return common.settings();
    }

    boolean debug() {
        return common.debug();
    }

    @Override
    public Integer call() {
        CommandLineFactory.create(context).usage(console().out());
        return 0;
    }
}
