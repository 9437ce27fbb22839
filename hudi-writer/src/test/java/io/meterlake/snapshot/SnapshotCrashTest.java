package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTables;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are killed between any two steps, and what the next command makes of what they left. */
class SnapshotCrashTest {
    @TempDir
    private static Path folder;

    private static TestLake lake;
    private static Snapshot kept;

    @BeforeAll
    static void makeLake() {
        lake = new TestLake(folder);
        lake.ingest("1.txt", Line.of("m1", "2026-03-01T10:00:00Z", "1", "2026-03-02T00:00:00Z"));
        kept = new Snapshots(lake.lake()).create(SnapshotRequest.now("kept"));
        // Another commit, so that the snapshots to come need a savepoint of their own.
        lake.ingest("2.txt", Line.of("m1", "2026-03-01T10:00:00Z", "2", "2026-03-03T00:00:00Z"));
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ANNOUNCED,0",
        "TABLE_PROTECTED,0",
        "TABLE_PROTECTED,1",
        "TABLE_PROTECTED,2",
        "FILES_LISTED,0",
        "REGISTERED,0"
    })
    void takesBackASnapshotThatIsNotListed(SnapshotStep step, int before) {
        assertThat(killed(step, before)).isEqualTo(CrashingProcess.KILLED);
        Snapshots snapshots = new Snapshots(lake.lake());

        assertThat(snapshots.recover())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("was left half-made, and is taken back"));
        assertThat(snapshots.recover()).isEmpty();
        assertOnlyTheKeptOneIsLeft(snapshots);
    }

    @ParameterizedTest
    @CsvSource({"LISTED", "CREATED"})
    void keepsASnapshotThatIsListed(SnapshotStep step) {
        assertThat(killed(step, 0)).isEqualTo(CrashingProcess.KILLED);
        Snapshots snapshots = new Snapshots(lake.lake());

        assertThat(snapshots.list())
                .hasSize(2)
                .allSatisfy(snapshot ->
                        assertThat(snapshots.verify(snapshot).problems()).isEmpty());
        snapshots.drop(snapshots.list().getLast().id());
        assertOnlyTheKeptOneIsLeft(snapshots);
    }

    @ParameterizedTest
    @CsvSource({
        "UNLISTED,0",
        "UNREGISTERED,0",
        "TABLE_UNPROTECTED,0",
        "TABLE_UNPROTECTED,1",
        "TABLE_UNPROTECTED,2",
        "FOLDER_DELETED,0",
        "DROPPED,0"
    })
    void goesOnWithADrop(SnapshotStep step, int before) {
        Snapshots snapshots = new Snapshots(lake.lake());
        Snapshot dropped = snapshots.create(SnapshotRequest.now("dropped"));
        assertThat(killed(step, before, dropped.id())).isEqualTo(CrashingProcess.KILLED);

        assertThat(snapshots.list()).containsExactly(kept);
        assertOnlyTheKeptOneIsLeft(snapshots);
    }

    private static void assertOnlyTheKeptOneIsLeft(Snapshots snapshots) {
        assertThat(snapshots.list()).containsExactly(kept);
        assertThat(snapshots.verify(kept).problems()).isEmpty();
        assertThat(lake.metastore().databases()).containsExactly("lake", kept.database());
        LakeTables.DATA.forEach(table -> assertThat(lake.lake().completedInstants(table.name()).stream()
                        .filter(instant -> instant.action().equals("savepoint"))
                        .map(CompletedInstant::requested))
                .as("savepoints of " + table.name())
                .containsExactlyElementsOf(
                        kept.table(table.name()).orElseThrow().savepoints()));
        try (Stream<Path> left = Files.list(lake.lake().snapshotsFolder())) {
            assertThat(left.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString()))
                    .containsExactly(kept.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a process to its end, and returns how it ended. */
    private static int killed(SnapshotStep step, int before, String... dropped) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.concat(
                        Stream.of(
                                java.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath,
                                CrashingProcess.class.getName(),
                                lake.config().root().toString(),
                                Integer.toString(lake.metastore().port()),
                                step.name(),
                                Integer.toString(before)),
                        Stream.of(dropped))
                .toList();
        File log = folder.resolve("process.log").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
