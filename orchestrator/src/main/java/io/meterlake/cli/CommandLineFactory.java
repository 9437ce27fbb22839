package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the command line: commands, exit codes, how errors are shown. */
final class CommandLineFactory {
    private CommandLineFactory() {}

    /** Runs one command and gives the status that the process shall end with. */
    static int execute(CommandContext context, String... arguments) {
        int status = create(context, arguments).execute(arguments);
        try {
            context.console().out().flush();
            return status;
        } catch (MeterlakeException e) {
            return new FailureReport(context.console(), false).show(e, false);
        }
    }

    /**
     * Builds the command line.
     *
     * @param called what is going to be executed; nothing for all of it
     */
    static CommandLine create(CommandContext context, String... called) {
        MeterlakeCommand root = new MeterlakeCommand(context);
        CommandLine commandLine = new CommandLine(root);
        Subcommands.addTo(commandLine, called);
        CommandLine report = commandLine.getSubcommands().get("report");
        if (report != null) {
            ReportCommand.sort(report);
        }
        // Not picocli's own choice, System.out, which libraries may print to.
        commandLine.setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionStrategy(new LoggedExecution(root, CommandLineFactory::reportFailure));
        commandLine.setParameterExceptionHandler((wrong, arguments) -> {
            LogSink log = ShownLog.ofWrong(context, arguments);
            StringWriter suggestions = new StringWriter();
            String fix = UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(suggestions))
                    ? suggestions.toString().strip()
                    : "see `" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help`.";
            log.write(LogEvent.error("Cannot read the command line: " + wrong.getMessage())
                    .with(Field.CODE, "USAGE")
                    .with(Field.FIX, fix));
            return ExitCode.USAGE.status();
        });
        return commandLine;
    }

    private static int reportFailure(Exception failure, MeterlakeCommand root, ParseResult parsed) {
        boolean json = parsed.subcommand() != null && wantsJson(parsed);
        return new FailureReport(root.console(), root.debug()).show(failure, json);
    }

    private static boolean wantsJson(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.subcommand() != null) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--output")
                && "json".equalsIgnoreCase(String.valueOf(innermost.<Object>matchedOptionValue("--output", "")));
    }
}
