package io.meterlake.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process's entry: wires the real console, clock and environment to the command line. */
public final class Meterlake {
    /** Held so that its level is not lost to the garbage collector. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private Meterlake() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        ROOT_LOGGER.setLevel(Level.SEVERE);
        // A system property, because the launcher knows where it is installed and the class path does not.
        Path home = Path.of(System.getProperty("meterlake.home", "."));
        CommandContext context =
                new CommandContext(console(), System.getenv(), Path.of(""), home.toAbsolutePath(), Clock.systemUTC());
        int status = CommandLineFactory.create(context).execute(arguments);
        context.console().out().flush();
        System.exit(status);
    }

    private static Console console() {
        boolean outIsTerminal = Boolean.getBoolean("meterlake.stdout-is-terminal");
        boolean errIsTerminal = Boolean.getBoolean("meterlake.stderr-is-terminal");
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), outIsTerminal, errIsTerminal);
    }

    /** UTF-8 whatever the locale says: a report's bytes must not depend on it. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
