package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.LakeTable;
import io.meterlake.writer.ForeignClient;
import io.meterlake.writer.TestLake;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.common.model.HoodieAvroRecord;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.OverwriteWithLatestAvroPayload;
import org.apache.hudi.common.util.Option;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's Hudi client, which asks for its commit early and completes it late. */
class SlowWriterTest {
    private static final String TABLE = "rejected_readings";

    @TempDir
    private Path folder;

    private TestLake lake;
    private LakeTable table;
    private Snapshots snapshots;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, config -> config.withRetentionHours(0));
        table = lake.lake().table(TABLE);
        snapshots = new Snapshots(lake.lake());
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void isInNoSnapshotThatWasMadeBeforeItCompleted() {
        foreign("a", "first");
        try (HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> slow = client()) {
            String early = slow.startCommit();
            List<WriteStatus> statuses = slow.upsert(records("a", "slow"), early);
            foreign("b", "fast");
            Snapshot before = pin(Optional.empty());
            slow.commit(early, statuses);
            Snapshot after = pin(Optional.empty());
            PinnedTable pinnedBefore = before.table(TABLE).orElseThrow();
            PinnedTable pinnedAfter = after.table(TABLE).orElseThrow();
            Snapshot again = pin(Optional.of(pinnedBefore.newest().orElseThrow().completed()));

            assertThat(pinnedBefore.instants())
                    .noneMatch(instant -> instant.requested().equals(early));
            assertThat(pinnedAfter.newest().orElseThrow().requested()).isEqualTo(early);
            assertThat(reasons(before)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "first", "b", "fast"));
            assertThat(reasons(after)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "slow", "b", "fast"));
            assertThat(reasons(again)).isEqualTo(reasons(before));
            // The newest request is the same for both, but its savepoint lists the slow writer's file for none.
            assertThat(pinnedAfter.savepoints())
                    .containsAll(pinnedBefore.savepoints())
                    .hasSize(2);
            for (int round = 0; round < 5; round++) {
                foreign("a", "later " + round);
                foreign("b", "later " + round);
            }
            for (Snapshot snapshot : List.of(before, after, again)) {
                assertThat(snapshots.verify(snapshot).problems()).isEmpty();
            }
            assertThat(reasons(before)).containsEntry("a", "first");
            assertThat(reasons(after)).containsEntry("a", "slow");
        }
    }

    private Snapshot pin(Optional<String> at) {
        return snapshots.create(new SnapshotRequest("test", List.of(TABLE), at));
    }

    private Map<String, String> reasons(Snapshot snapshot) {
        Map<String, String> reasons = new TreeMap<>();
        PinnedRows.rows(lake, snapshot, TABLE)
                .forEach(row -> reasons.put(
                        requireNonNull(row.get("file_checksum")).toString(),
                        requireNonNull(row.get("reason")).toString()));
        return reasons;
    }

    private void foreign(String checksum, String reason) {
        try (HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client = client()) {
            String instant = client.startCommit();
            client.commit(instant, client.upsert(records(checksum, reason), instant));
        }
    }

    /** One row; each checksum has a day, and so a file, of its own. */
    private List<HoodieRecord<OverwriteWithLatestAvroPayload>> records(String checksum, String reason) {
        LocalDate day = LocalDate.parse("2026-03-01").plusDays(checksum.charAt(0) - 'a');
        Map<String, Object> values = new HashMap<>();
        values.put("file_checksum", checksum);
        values.put("line", 1L);
        values.put("reason", reason);
        values.put("received_date", Math.toIntExact(day.toEpochDay()));
        GenericRecord row = new GenericData.Record(table.definition().schema());
        values.forEach(row::put);
        HoodieKey key = new HoodieKey("file_checksum:" + checksum + ",line:1", "received_date=" + day);
        return new ArrayList<>(
                List.of(new HoodieAvroRecord<>(key, new OverwriteWithLatestAvroPayload(Option.of(row)))));
    }

    private HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client() {
        return ForeignClient.cleaning(table);
    }
}
