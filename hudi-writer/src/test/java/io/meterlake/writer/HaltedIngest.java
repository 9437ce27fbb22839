package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Ingests a file in a process of its own that ends at a step as kill -9 would end it: no finally, no shutdown hook. The
 * arguments are the lake's folder, the metastore's port, the step and the file.
 */
final class HaltedIngest {
    private static final int HALTED = 137;

    private HaltedIngest() {}

    public static void main(String[] arguments) {
        LakeConfig config = LakeConfig.of(Path.of(arguments[0]), "127.0.0.1", Integer.parseInt(arguments[1]))
                .withWriterWait(Duration.ofSeconds(1));
        IngestStep last = IngestStep.valueOf(arguments[2]);
        Clock clock = Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC);
        try (Lake lake = Lake.open(config, clock)) {
            new Ingest(lake, new IngestListener() {
                        @Override
                        public void reached(Path file, IngestStep step) {
                            if (step == last) {
                                Runtime.getRuntime().halt(HALTED);
                            }
                        }
                    })
                    .ingest(new IngestRequest(Path.of(arguments[3]), "", LineFormat.INSTANCE));
        }
    }

    /** Runs it in a process of its own, which has to end at the step. */
    static void run(LakeConfig config, IngestStep step, Path file) throws IOException, InterruptedException {
        Path log = Files.createTempFile(config.root().resolveSibling("landing"), "halted", ".log");
        String java = Path.of(requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx512m",
                        "-cp",
                        requireNonNull(System.getProperty("java.class.path")),
                        HaltedIngest.class.getName(),
                        config.root().toString(),
                        Integer.toString(config.metastorePort()),
                        step.name(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor())
                    .as(() -> "exit code; it said: " + read(log))
                    .isEqualTo(HALTED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
