package io.meterlake.metrics;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file as the ledger has it.
 *
 * @param utility who sent it; {@code unknown} if nobody knows
 * @param isIngested or it was rejected
 * @param lastInterval the start of its latest interval that was taken in; null if there was none
 * @param rows by what became of them, in the ledger's words without {@code rows_}
 */
public record Delivery(
        String utility,
        String file,
        boolean isIngested,
        long sizeBytes,
        Instant receivedAt,
        @Nullable Instant lastInterval,
        Map<String, Long> rows) {
    private static final String[] OUTCOMES = {"read", "new", "changed", "unchanged", "late", "duplicate", "rejected"};

    public Delivery {
        Objects.requireNonNull(utility, "utility is null");
        rows = Map.copyOf(rows);
    }

    /** Every file that came. */
    public static List<Delivery> all(Lake lake) {
        return lake.rowTable(LakeTables.INGESTED_FILES.name()).rows().stream()
                .map(Delivery::of)
                .toList();
    }

    /** A row of {@code ingested_files}. */
    public static Delivery of(Map<String, @Nullable Object> row) {
        Map<String, Long> rows = new java.util.TreeMap<>();
        for (String outcome : OUTCOMES) {
            rows.put(outcome, number(row, "rows_" + outcome));
        }
        return new Delivery(
                text(row, "utility").isEmpty() ? "unknown" : text(row, "utility"),
                text(row, "source_file"),
                text(row, "status").equals("ingested"),
                number(row, "size_bytes"),
                (Instant) Objects.requireNonNull(row.get("received_at"), "received_at is null"),
                (Instant) row.get("last_interval_start"),
                rows);
    }

    /** How long after its latest interval had begun the file came; empty if nothing of it was taken in. */
    public Optional<Duration> lateness() {
        return Optional.ofNullable(lastInterval).map(last -> Duration.between(last, receivedAt));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof String text ? text : "";
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Long number ? number : 0;
    }
}
