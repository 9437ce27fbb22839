package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.testing.LakeProcess;
import io.meterlake.writer.IngestOutcome.Status;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of which a part was rejected, and that is read once more by a mended format. */
class RetryTest {
    private static final Line GOOD = Line.of("good", "2026-03-01T10:00:00Z", "1", "2026-03-05T00:00:00Z");
    private static final Line MENDABLE = Line.of("mendable", "2026-03-01T10:00:00Z", "2", "2026-03-05T00:00:00Z");

    @TempDir
    Path folder;

    private static Path partlyGood(TestLake lake) {
        return lake.write("file", List.of(GOOD.text(), "reject\t" + MENDABLE.text(), "reject for good"));
    }

    private static IngestOutcome retry(TestLake lake, Path file) {
        return new Ingest(lake.lake(), IngestListener.NONE)
                .ingest(new IngestRequest(file, "", LineFormat.MENDED).retry());
    }

    private static Map<Object, Object> resolved(TestLake lake) {
        return lake.rows("rejected_readings").stream()
                .filter(row -> row.get("resolved_at") != null)
                .collect(Collectors.toMap(
                        row -> requireNonNull(row.get("line")), row -> requireNonNull(row.get("raw_text"))));
    }

    private static Map<Object, Object> values(TestLake lake) {
        return lake.readings().stream()
                .collect(Collectors.toMap(
                        row -> requireNonNull(row.get("meter_id")), row -> requireNonNull(row.get("value"))));
    }

    @Test
    void takesInWhatPassesNowAndMarksItsReject() {
        try (TestLake lake = new TestLake(folder)) {
            Path file = partlyGood(lake);
            IngestOutcome first = lake.ingest(file);
            Object receivedAt = lake.receivedAt(first);
            lake.ingest("later", GOOD.value("7"));
            assertThat(lake.ingest(file).status()).isEqualTo(Status.ALREADY_INGESTED);

            IngestOutcome second = retry(lake, file);

            assertThat(second.status()).isEqualTo(Status.INGESTED);
            assertThat(second.rowsNew()).isEqualTo(1);
            assertThat(second.rowsLate()).as("a later file's value stands").isEqualTo(1);
            assertThat(values(lake))
                    .containsOnly(
                            Map.entry("good", new BigDecimal("7.000000")),
                            Map.entry("mendable", new BigDecimal("2.000000")));
            assertThat(resolved(lake)).containsOnlyKeys(2L);
            assertThat(lake.rows("rejected_readings")).hasSize(2);
            assertThat(lake.ledger(second))
                    .containsEntry("rows_new", 2L)
                    .containsEntry("rows_late", 0L)
                    .containsEntry("rows_rejected", 1L)
                    .containsEntry("received_at", receivedAt)
                    .containsEntry("tries", 2)
                    .containsEntry(
                            "commit_requested_at",
                            requireNonNull(second.commit()).requested());

            IngestOutcome third = retry(lake, file);
            assertThat(third.rowsNew() + third.rowsChanged()).isZero();
            assertThat(lake.ledger(third))
                    .containsEntry("rows_new", 2L)
                    .containsEntry("tries", 3)
                    .containsEntry(
                            "commit_requested_at",
                            requireNonNull(second.commit()).requested());
            assertThat(resolved(lake)).containsOnlyKeys(2L);
        }
    }

    @Test
    void leavesAFileAsItIsOfWhichNothingPassesAnyMore() {
        try (TestLake lake = new TestLake(folder)) {
            Path file = partlyGood(lake);
            IngestOutcome first = lake.ingest(file);
            Map<String, @Nullable Object> before = lake.ledger(first);
            IngestOutcome second = new Ingest(lake.lake(), IngestListener.NONE)
                    .ingest(new IngestRequest(file, "", new RejectingFormat()).retry());

            assertThat(second.status()).isEqualTo(Status.REJECTED);
            assertThat(second.reason()).contains("its only record was rejected: line 1: not understood");
            assertThat(lake.ledger(first)).isEqualTo(before);
            assertThat(lake.rows("rejected_readings")).hasSize(2);
            assertThat(resolved(lake)).isEmpty();
            assertThat(values(lake)).containsOnlyKeys("good");
        }
    }

    @Test
    void saysWhatAnIngestWouldDoAndDoesNothing() {
        try (TestLake lake = new TestLake(folder)) {
            lake.ingest("present", GOOD.value("9").recordedAt("2026-03-04T00:00:00Z"));
            Path file = partlyGood(lake);
            List<Map<String, @Nullable Object>> before = lake.readings();
            IngestRequest request = new IngestRequest(file, "", LineFormat.MENDED);
            IngestOutcome told = new Ingest(lake.lake(), IngestListener.NONE)
                    .dryRun(List.of(request))
                    .getFirst();

            assertThat(told.status()).isEqualTo(Status.INGESTED);
            assertThat(told.rowsNew()).isEqualTo(1);
            assertThat(told.rowsChanged()).isEqualTo(1);
            assertThat(told.rowsRejected()).isEqualTo(1);
            assertThat(lake.readings()).isEqualTo(before);
            assertThat(lake.rows("ingested_files")).hasSize(1);
            assertThat(lake.rows("rejected_readings")).isEmpty();
            IngestOutcome done = new Ingest(lake.lake(), IngestListener.NONE).ingest(request);
            assertThat(Model.Counts.of(done)).isEqualTo(Model.Counts.of(told));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isDoneOrNotAndCanBeDoneOnceMoreWhenKilledAt(IngestStep step) {
        try (TestLake lake = new TestLake(folder)) {
            // What is rejected at first is to replace something, so that all steps are there.
            lake.ingest("older", MENDABLE.value("9").recordedAt("2026-03-04T00:00:00Z"));
            Path file = partlyGood(lake);
            lake.ingest(file);
            try (LakeProcess process = LakeProcess.startAndStopAt(
                    lake.config(), IngestWork.class, step, 0, List.of(IngestWork.RETRY + file))) {
                assertThat(process).isNotNull();
            }
            boolean committed = step.compareTo(IngestStep.COMMITTED) >= 0;
            BigDecimal before = new BigDecimal("9.000000");
            BigDecimal after = new BigDecimal("2.000000");
            assertThat(values(lake)).hasSize(2).containsEntry("mendable", committed ? after : before);

            // Any ingest completes what belongs to the commit.
            lake.reopen();
            lake.ingest("other", Line.of("other", "2026-03-01T10:00:00Z", "1", "2026-03-05T00:00:00Z"));
            assertThat(values(lake)).hasSize(3).containsEntry("mendable", committed ? after : before);
            assertThat(lake.rows("reading_changes")).hasSize(committed ? 1 : 0);
            assertThat(resolved(lake).keySet()).isEqualTo(committed ? Set.of(2L) : Set.of());
            assertThat(lake.rows("ingested_files"))
                    .filteredOn(row -> "file".equals(row.get("source_file")))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("rows_new", 1L)
                            .containsEntry("rows_changed", committed ? 1L : 0L)
                            .containsEntry("rows_rejected", committed ? 1L : 2L)
                            .containsEntry("tries", committed ? 2 : 1));

            retry(lake, file);
            assertThat(values(lake)).hasSize(3).containsEntry("mendable", after);
            assertThat(lake.rows("reading_changes")).hasSize(1);
            assertThat(resolved(lake)).containsOnlyKeys(2L);
            assertThat(lake.rows("rejected_readings")).hasSize(2);
        }
    }
}
