package io.meterlake.cli;

import io.meterlake.config.Config;
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
            IngestCommand.class,
            InspectCommand.class,
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
            DashboardCommand.class,
            QueryCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            HelpCommand.class
        })
final class MeterlakeCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    private final CommandContext context;

    MeterlakeCommand(CommandContext context) {
        this.context = context;
    }

    CommandContext context() {
        return context;
    }

    Console console() {
        return context.console();
    }

    Config config() {
        return context.config(common.settings());
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
