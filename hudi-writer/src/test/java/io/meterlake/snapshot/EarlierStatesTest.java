package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Snapshots of what the tables held some time ago. */
class EarlierStatesTest extends OnALake {
    @Test
    void pinsAnEarlierStateWhoseFilesAreKept() {
        ingest("m1", DAY_1, "1");
        ingest("m2", DAY_2, "2");
        pin();
        String then = newestCommit();
        ingest("m1", DAY_1, "3");
        ingest("m1", DAY_1, "4");
        Snapshot snapshot = snapshots.create(new SnapshotRequest("test", List.of("meter_readings"), Optional.of(then)));

        assertThat(PinnedRows.values(lake, snapshot))
                .containsOnly(Map.entry(key("m1", DAY_1), 1_000_000L), Map.entry(key("m2", DAY_2), 2_000_000L));
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
    }

    @Test
    void refusesAnEarlierStateWhoseFilesTheCleanerTook() {
        ingest("m1", DAY_1, "1");
        String then = newestCommit();
        for (int value = 2; value < 8; value++) {
            ingest("m1", DAY_1, Integer.toString(value));
        }

        assertThatThrownBy(() -> snapshots.create(new SnapshotRequest("test", List.of(), Optional.of(then))))
                .isInstanceOfSatisfying(MeterlakeException.class, e -> {
                    assertThat(e.code()).isEqualTo(SnapshotErrorCode.CANNOT_PIN);
                    assertThat(e.getMessage()).startsWith("Cannot pin meter_readings: ");
                    assertThat(e.hint()).contains("at or after " + newestCommit());
                });
        assertThat(snapshots.list()).isEmpty();
        assertThat(databases()).containsExactly(lake.config().database());
        assertThat(lake.lake().completedInstants("ingested_files"))
                .extracting(CompletedInstant::action)
                .doesNotContain("savepoint");
    }

    private String newestCommit() {
        return lake.lake().completedInstants("meter_readings").stream()
                .filter(instant -> instant.action().equals("commit"))
                .map(CompletedInstant::completed)
                .toList()
                .getLast();
    }
}
