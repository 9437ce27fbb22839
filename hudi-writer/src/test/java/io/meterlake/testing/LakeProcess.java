package io.meterlake.testing;

import io.meterlake.lake.CleanerPolicy;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that works on a lake, to be killed. It says on its standard output when it begins with the lake,
 * and then either does all of its work or stops at a step and waits for its end; it ends by itself when its parent is
 * gone.
 */
public final class LakeProcess implements AutoCloseable {
    private static final String BEGINS = "begins";
    private static final String STOPPED = "stopped at ";
    private static final String NO_STEP = "";
    private static final long PATIENCE_SECONDS = 300;
    /** Long enough for another process that does all of its work on a busy machine. */
    private static final Duration WRITER_WAIT = Duration.ofSeconds(200);

    /** What such a process does; implemented by public classes without arguments to their constructor. */
    public interface Work {
        /**
         * Works on the lake.
         *
         * @param steps is to be told each step that is done
         */
        void run(Lake lake, Steps steps, List<String> arguments);
    }

    /** Is told which steps are done, and does not return from the one to stop at. */
    public interface Steps {
        void reached(Enum<?> step);
    }

    private final Process process;
    private final BufferedReader output;
    private final Path log;

    private LakeProcess(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /** Starts a process that does its work to the end. */
    public static LakeProcess start(LakeConfig config, Class<? extends Work> work, List<String> arguments) {
        return start(config, work, NO_STEP, 0, arguments);
    }

    /**
     * Starts a process that stops at a step, and waits until it stands there.
     *
     * @param before how often it passes the step before
     */
    public static LakeProcess startAndStopAt(
            LakeConfig config, Class<? extends Work> work, Enum<?> step, int before, List<String> arguments) {
        LakeProcess process = start(config, work, step.name(), before, arguments);
        process.expect(BEGINS);
        process.expect(STOPPED + step.name());
        return process;
    }

    private static LakeProcess start(
            LakeConfig config, Class<? extends Work> work, String step, int before, List<String> arguments) {
        List<String> command = new ArrayList<>(ProcessClasses.command());
        command.addAll(List.of(
                LakeProcess.class.getName(),
                config.root().toString(),
                config.metastoreHost(),
                Integer.toString(config.metastorePort()),
                config.database(),
                Integer.toString(config.buckets()),
                config.cleaner().text(),
                Integer.toString(config.activeCommits()),
                work.getName(),
                step,
                Integer.toString(before)));
        command.addAll(arguments);
        try {
            Path log = config.root().getFileSystem().equals(FileSystems.getDefault())
                    ? config.root().resolveSibling("process.log")
                    : Files.createTempFile(Path.of("target").toAbsolutePath(), "process", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            S3Gateway.passOn(builder.environment());
            return new LakeProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process is about to open the lake. */
    public void awaitBegin() {
        expect(BEGINS);
    }

    /** Reads on until it says this; libraries talk on the same output. */
    private void expect(String line) {
        try {
            for (String said = output.readLine(); !line.equals(said); said = output.readLine()) {
                if (said == null) {
                    throw new IllegalStateException(
                            "the process ended before it was at '%s'; %s".formatted(line, said()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log goes with the test's folder, so what is in it has to be in the message. */
    private String said() {
        try {
            return "it said: " + Files.readString(log);
        } catch (IOException e) {
            return "what it said can't be read: " + e;
        }
    }

    /** Lets it run for this long, or until it has ended by itself, and then kills it without warning (SIGKILL). */
    public void killAfter(long nanos) throws InterruptedException {
        process.waitFor(nanos, TimeUnit.NANOSECONDS);
        kill();
    }

    /** Waits until it has ended by itself, successfully. */
    public void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process still runs after " + PATIENCE_SECONDS + " s; " + said());
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the process ended with " + process.exitValue() + "; " + said());
        }
    }

    /** Kills it without warning (SIGKILL), if it still runs. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /**
     * Arguments: root, metastore's host and port, database, buckets, retention in hours, active commits, the work's
     * class, the step to stop at or nothing, how often it is passed before, and the work's own.
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        LakeConfig config = new LakeConfig(
                S3Gateway.root(arguments[0]),
                arguments[1],
                Integer.parseInt(arguments[2]),
                arguments[3],
                Integer.parseInt(arguments[4]),
                CleanerPolicy.parse(arguments[5]),
                Integer.parseInt(arguments[6]),
                WRITER_WAIT,
                LakeConfig.DEFAULT_METASTORE_WAIT);
        Work work = Class.forName(arguments[7])
                .asSubclass(Work.class)
                .getConstructor()
                .newInstance();
        Steps steps = new Stopping(arguments[8], Integer.parseInt(arguments[9]));
        System.out.println(BEGINS);
        try (Lake lake = Lake.open(config, Clock.systemUTC())) {
            work.run(lake, steps, Arrays.stream(arguments).skip(10).toList());
        }
    }

    /** Stands still at a step until the process is killed. */
    private static final class Stopping implements Steps {
        private final String step;
        private int left;

        Stopping(String step, int before) {
            this.step = step;
            this.left = before;
        }

        @Override
        public void reached(Enum<?> reached) {
            if (reached.name().equals(step) && left-- == 0) {
                System.out.println(STOPPED + step);
                try {
                    // Nobody writes to it: it ends when the parent does.
                    int _ = System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
