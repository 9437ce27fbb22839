package io.meterlake.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.error.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process's entry: wires the real console, clock and environment to the command line. */
public final class Meterlake {
    /** Held so that its level is not lost to the garbage collector. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private static final Logger HEARTBEATS = Logger.getLogger("org.apache.hudi.client.heartbeat.HeartbeatUtils");

    private Meterlake() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Digits in ids, JSON and ports are 0 to 9 in every language.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        Console console = console();
        // Libraries print, and stdout is the result only. The console keeps a stream of its own.
        boolean debug = List.of(arguments).contains("--debug");
        System.setOut(debug ? console.err() : new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        ROOT_LOGGER.setLevel(Level.SEVERE);
        // It calls a heartbeat that is gone already a severe failure, in runs that go well.
        HEARTBEATS.setLevel(Level.OFF);
        // A system property, because the launcher knows where it is installed and the class path does not.
        Path home = Path.of(System.getProperty("meterlake.home", "."));
        String training = System.getProperty("meterlake.training");
        if (training != null) {
            System.exit(train(Path.of(training), home, console));
        }
        CommandContext context =
                new CommandContext(console, System.getenv(), Path.of(""), home.toAbsolutePath(), Clock.systemUTC());
        System.exit(CommandLineFactory.execute(context, arguments));
    }

    /** Makes the build's training run, which the build can do without. */
    private static int train(Path folder, Path home, Console console) {
        try {
            if (Boolean.getBoolean("meterlake.training-models")) {
                Training.runModels(folder.toAbsolutePath(), home.toAbsolutePath(), Clock.systemUTC());
            } else {
                Training.run(folder.toAbsolutePath(), home.toAbsolutePath(), Clock.systemUTC());
            }
            return ExitCode.OK.status();
        } catch (IOException | RuntimeException e) {
            e.printStackTrace(console.err());
            return ExitCode.FAILED.status();
        }
    }

    private static Console console() {
        boolean outIsTerminal = Boolean.getBoolean("meterlake.stdout-is-terminal");
        boolean errIsTerminal = Boolean.getBoolean("meterlake.stderr-is-terminal");
        PrintStream out = ResultStream.printing(
                new FileOutputStream(FileDescriptor.out), Boolean.getBoolean("meterlake.stdout-is-pipe"));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        return new Console(out, err, outIsTerminal, errIsTerminal);
    }
}
