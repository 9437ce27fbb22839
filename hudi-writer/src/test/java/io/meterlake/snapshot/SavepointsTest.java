package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.junit.jupiter.api.Test;

/** Which of Hudi's savepoints come and go with snapshots. */
class SavepointsTest extends OnALake {
    @Test
    void keepsASharedSavepointUntilTheLastSnapshotGoes() throws IOException {
        ingest("m1", DAY_1, "1");
        Snapshot first = pin();
        Snapshot second = pin();
        Path file = PinnedRows.manifestPaths(lake, first, "meter_readings").getFirst();
        snapshots.drop(first.id());
        ingest("m1", DAY_1, "2");
        ingest("m1", DAY_1, "3");

        assertThat(second.table("meter_readings").orElseThrow().savepoints())
                .isEqualTo(first.table("meter_readings").orElseThrow().savepoints());
        assertThat(snapshots.verify(second).problems()).isEmpty();
        assertThat(file).exists();
        snapshots.drop(second.id());
        assertThat(lake.lake().completedInstants("meter_readings"))
                .extracting(CompletedInstant::action)
                .doesNotContain("savepoint");
        ingest("m1", DAY_1, "4");
        ingest("m1", DAY_1, "5");
        assertThat(file).doesNotExist();
        try (var left = Files.list(lake.lake().snapshotsFolder())) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void leavesASavepointOfSomebodyElseAlone() {
        ingest("m1", DAY_1, "1");
        String commit =
                lake.lake().completedInstants("meter_readings").getLast().requested();
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            client.savepoint(commit, "an operator", "before the upgrade");
        }
        Snapshot snapshot = pin();
        snapshots.drop(snapshot.id());

        assertThat(snapshot.table("meter_readings").orElseThrow().savepoints()).containsExactly(commit);
        assertThat(lake.lake().completedInstants("meter_readings"))
                .extracting(CompletedInstant::action)
                .contains("savepoint");
    }

    @Test
    void leavesNoSavepointOfAPinThatFailsHalfWay() {
        ingest("m1", DAY_1, "1");
        LakeTable table = lake.lake().table("meter_readings");
        TableState state = TableState.read(table, Optional.empty());
        List<PinnedFile> files = new ArrayList<>(state.files());
        // As of a commit that Hudi makes no savepoint of any more.
        files.add(new PinnedFile(
                "meter_readings",
                "reading_date=2026-03-01",
                "00000000-x_0-0-0_20200101000000000.parquet",
                1,
                Optional.empty()));
        Savepoints savepoints = new Savepoints(table);

        assertThatThrownBy(() -> savepoints.protect(new TableState(table, state.instants(), files), "1"))
                .hasMessageContaining("out of the reach of Hudi's savepoints");
        assertThat(savepoints(lake, "meter_readings")).isEmpty();
        assertThat(savepoints.protect(state, "2")).hasSize(1);
    }

    @Test
    void leavesTheSavepointsThatOthersNeedWhenAPinFailsHalfWay() {
        ingest("m1", DAY_1, "1");
        Snapshot kept = pin();
        LakeTable table = lake.lake().table("meter_readings");
        TableState state = TableState.read(table, Optional.empty());
        PinnedFile gone = new PinnedFile(
                "meter_readings",
                "reading_date=2026-03-01",
                "00000000-x_0-0-0_20200101000000000.parquet",
                1,
                Optional.empty());

        assertThatThrownBy(() ->
                        new Savepoints(table).protect(new TableState(table, state.instants(), List.of(gone)), "1"))
                .hasMessageContaining("out of the reach of Hudi's savepoints");
        assertThat(snapshots.verify(kept).problems()).isEmpty();
    }
}
