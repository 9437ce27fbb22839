package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the command line: commands, exit codes, how errors are shown. */
final class CommandLineFactory {
    private CommandLineFactory() {}

    /** Runs one command and gives the status that the process shall end with. */
    static int execute(CommandContext context, String... arguments) {
        int status = create(context).execute(arguments);
        try {
            context.console().out().flush();
            return status;
        } catch (MeterlakeException e) {
            return new FailureReport(context.console(), false).show(e, false);
        }
    }

    static CommandLine create(CommandContext context) {
        CommandLine commandLine = new CommandLine(new MeterlakeCommand(context));
        ReportCommand.sort(Objects.requireNonNull(commandLine.getSubcommands().get("report")));
        // Not picocli's own choice, System.out, which libraries may print to.
        commandLine.setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> reportFailure(failure, context, parsed));
        commandLine.setParameterExceptionHandler((wrong, arguments) -> {
            context.console().err().println("Cannot read the command line: " + wrong.getMessage());
            if (!UnmatchedArgumentException.printSuggestions(
                    wrong, new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8))) {
                String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
                context.console().err().println("Fix: see `" + name + " --help`.");
            }
            return ExitCode.USAGE.status();
        });
        return commandLine;
    }

    private static int reportFailure(Exception failure, CommandContext context, ParseResult parsed) {
        boolean json = parsed.subcommand() != null && wantsJson(parsed);
        boolean debug = ((MeterlakeCommand) parsed.commandSpec().userObject()).debug();
        return new FailureReport(context.console(), debug).show(failure, json);
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
