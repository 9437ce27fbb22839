package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTables;
import io.meterlake.testing.LakeProcess;
import io.meterlake.testing.SharedMetastore;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
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
        "TABLE_PROTECTED,3",
        "FILES_LISTED,0",
        "REGISTERED,0"
    })
    void takesBackASnapshotThatIsNotListed(SnapshotStep step, int before) {
        kill(step, before);
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
        kill(step, 0);
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
        "TABLE_UNPROTECTED,3",
        "FOLDER_DELETED,0",
        "DROPPED,0"
    })
    void goesOnWithADrop(SnapshotStep step, int before) {
        Snapshots snapshots = new Snapshots(lake.lake());
        Snapshot dropped = snapshots.create(SnapshotRequest.now("dropped"));
        kill(step, before, dropped.id());

        assertThat(snapshots.list()).containsExactly(kept);
        assertOnlyTheKeptOneIsLeft(snapshots);
    }

    private static void assertOnlyTheKeptOneIsLeft(Snapshots snapshots) {
        assertThat(snapshots.list()).containsExactly(kept);
        assertThat(snapshots.verify(kept).problems()).isEmpty();
        assertThat(SharedMetastore.databasesIn(folder))
                .containsExactlyInAnyOrder(lake.config().database(), kept.database());
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

    /** Kills a process that makes a snapshot, or drops one, at a step. */
    private static void kill(SnapshotStep step, int before, String... dropped) {
        LakeProcess.startAndStopAt(lake.config(), SnapshotWork.class, step, before, List.of(dropped))
                .close();
    }
}
