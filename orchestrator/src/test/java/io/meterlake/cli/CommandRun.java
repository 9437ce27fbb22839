package io.meterlake.cli;

import io.meterlake.testing.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * One command, run in this process with a console in memory.
 *
 * @param status the exit status
 * @param out what it printed on stdout
 * @param err what it printed on stderr
 */
record CommandRun(int status, String out, String err) {
    /** Without any server. */
    static CommandRun offline(Path folder, String... arguments) {
        return in(folder, Map.of(), arguments);
    }

    /** With the suite's stack. */
    static CommandRun onStack(Path folder, String... arguments) {
        return in(folder, stack(), Clock.systemUTC(), arguments);
    }

    /** With the suite's stack, at that time. */
    static CommandRun onStackAt(Instant time, Path folder, String... arguments) {
        return in(folder, stack(), Clock.fixed(time, ZoneOffset.UTC), arguments);
    }

    /** With these environment variables. */
    static CommandRun in(Path folder, Map<String, String> environment, String... arguments) {
        return in(folder, environment, Clock.systemUTC(), arguments);
    }

    private static Map<String, String> stack() {
        return Map.of(
                "METERLAKE_TRINO_URL", SharedStack.get().trinoUri().toString(),
                "METERLAKE_METASTORE_URI", SharedStack.get().metastoreUri().toString());
    }

    private static CommandRun in(Path folder, Map<String, String> environment, Clock clock, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        CommandContext context = new CommandContext(console, new HashMap<>(environment), folder, folder, clock);
        int status = CommandLineFactory.execute(context, arguments);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
