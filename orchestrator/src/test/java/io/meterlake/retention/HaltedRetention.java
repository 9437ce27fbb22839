package io.meterlake.retention;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoSettings;
import io.meterlake.lake.CleanerPolicy;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.report.ReportFiles;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.SnapshotListener;
import io.meterlake.snapshot.SnapshotStep;
import io.meterlake.snapshot.Snapshots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Applies a retention policy in a process of its own that ends at a step as kill -9 would end it. */
final class HaltedRetention {
    private static final int HALTED = 137;

    private HaltedRetention() {}

    /** Arguments: folder, metastore's host and port, database, Trino's address, moment, step. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Instant now = Instant.parse(arguments[5]);
        SnapshotStep last = SnapshotStep.valueOf(arguments[6]);
        LakeConfig config = LakeConfig.of(folder.resolve("lake"), arguments[1], Integer.parseInt(arguments[2]))
                .withDatabase(arguments[3])
                .withCleaner(new CleanerPolicy.Versions(1));
        try (Lake lake = Lake.open(config, Clock.fixed(now, ZoneOffset.UTC))) {
            Snapshots snapshots = new Snapshots(lake, new SnapshotListener() {
                @Override
                public void reached(String snapshotId, SnapshotStep step) {
                    if (step == last) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                }
            });
            Trino trino = new Trino(new TrinoSettings(URI.create(arguments[4]), "test", List.of("test")));
            RetentionSources sources = new RetentionSources(
                    lake,
                    trino,
                    snapshots,
                    new RunRecords(folder.resolve("runs")),
                    new ReportFiles(folder.resolve("reports")));
            RetentionPlan plan = RetentionPlanner.plan(
                    PolicyFile.read(folder.resolve("retention.yml")), sources.read(Map.of()), now);
            new RetentionRun(snapshots, sources.runs(), table -> {}).apply(plan, RetentionListener.NONE);
        }
    }

    /** Runs it in a process of its own, which has to end at the step. */
    static void run(Path folder, LakeConfig config, URI trino, Instant now, SnapshotStep step)
            throws IOException, InterruptedException {
        Path log = folder.resolve("halted-" + step + ".log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(requireNonNull(System.getProperty("java.home")), "bin", "java")
                                .toString(),
                        "-Xmx512m",
                        "-cp",
                        requireNonNull(System.getProperty("java.class.path")),
                        HaltedRetention.class.getName(),
                        folder.toString(),
                        config.metastoreHost(),
                        Integer.toString(config.metastorePort()),
                        config.database(),
                        trino.toString(),
                        now.toString(),
                        step.name()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int exitCode = process.waitFor();
            assertThat(exitCode)
                    .as("exit code; it said: " + Files.readString(log))
                    .isEqualTo(HALTED);
        } finally {
            process.destroyForcibly();
        }
    }
}
