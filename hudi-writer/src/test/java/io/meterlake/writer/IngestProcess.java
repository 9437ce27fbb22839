package io.meterlake.writer;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An ingest in a process of its own, to be killed. It says on its standard output when it begins with the lake, and
 * then either ingests all files or stops at a step and waits for its end; it ends by itself when its parent is gone.
 */
final class IngestProcess implements AutoCloseable {
    private static final String BEGINS = "begins";
    private static final String STOPPED = "stopped at ";
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader output;
    private final Path log;

    private IngestProcess(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /** Starts a process that ingests these files one after the other and stops at the first file's step, if given. */
    static IngestProcess start(LakeConfig config, Optional<IngestStep> stopAt, List<Path> files) {
        Path log = config.root().resolveSibling("ingest-process.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // Another zone than its parent's: no byte of the lake may depend on it.
                "-Duser.timezone=America/St_Johns",
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                "-cp",
                System.getProperty("java.class.path"),
                IngestProcess.class.getName(),
                config.root().toString(),
                config.metastoreHost(),
                Integer.toString(config.metastorePort()),
                config.database(),
                Integer.toString(config.buckets()),
                Integer.toString(config.retentionHours()),
                stopAt.map(IngestStep::name).orElse("")));
        files.forEach(file -> command.add(file.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new IngestProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process is about to open the lake. */
    void awaitBegin() {
        expect(BEGINS);
    }

    /** Waits until the process has done a step and stands still. */
    void awaitStop(IngestStep step) {
        expect(BEGINS);
        expect(STOPPED + step);
    }

    /** Reads on until it says this; libraries talk on the same output. */
    private void expect(String line) {
        try {
            for (String said = output.readLine(); !line.equals(said); said = output.readLine()) {
                if (said == null) {
                    throw new IllegalStateException(
                            "the ingest process ended before it was at '%s'; see %s".formatted(line, log));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it run for this long, or until it has ended by itself, and then kills it without warning (SIGKILL). */
    void killAfter(long nanos) throws InterruptedException {
        process.waitFor(nanos, TimeUnit.NANOSECONDS);
        close();
    }

    /** Waits until it has ended by itself, successfully. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("the ingest process failed; see " + log);
        }
    }

    /** Kills it without warning (SIGKILL), if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Arguments: root, metastore's host and port, database, buckets, retention in hours, step or nothing, files. */
    public static void main(String[] arguments) {
        LakeConfig config = new LakeConfig(
                Path.of(arguments[0]),
                arguments[1],
                Integer.parseInt(arguments[2]),
                arguments[3],
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Duration.ofSeconds(30));
        String stopAt = arguments[6];
        System.out.println(BEGINS);
        try (Lake lake = Lake.open(config, Clock.systemUTC())) {
            Ingest ingest = new Ingest(lake, new Stopping(stopAt));
            Arrays.stream(arguments).skip(7).forEach(file -> {
                ingest.ingest(new IngestRequest(Path.of(file), "", LineFormat.INSTANCE));
            });
        }
    }

    /** Stands still at a step until the process is killed. */
    private record Stopping(String step) implements IngestListener {
        @Override
        public void reached(Path file, IngestStep reached) {
            if (reached.name().equals(step)) {
                System.out.println(STOPPED + reached);
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
