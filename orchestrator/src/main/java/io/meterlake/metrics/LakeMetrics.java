package io.meterlake.metrics;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.report.ReportRow;
import io.meterlake.snapshot.Snapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What is told of a lake's state. Pure. */
final class LakeMetrics {
    /** The others' purposes are texts of people's, and a label needs a closed set. */
    private static final Set<String> PURPOSES = Set.of("run", "report", "manual");

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private LakeMetrics() {}

    static List<MetricFamily> of(LakeState state) {
        List<MetricFamily> families = new ArrayList<>(deliveries(state.deliveries()));
        families.addAll(commits(new TreeMap<>(state.commits())));
        families.addAll(snapshots(state.snapshots()));
        families.add(reports(state.reports()));
        MetricFamily intact = MetricFamily.of(
                "lineage_intact", "", "1 if lineage verify finds nothing, 0 if a row was changed or is missing.");
        MetricFamily rows = MetricFamily.of("lineage_rows", "", "Rows of report_lineage.");
        if (state.lineage().isPresent()) {
            intact = intact.with(state.lineage().get().problems().isEmpty() ? 1 : 0);
            rows = rows.with(state.lineage().get().rows());
        }
        families.add(intact);
        families.add(rows);
        return families;
    }

    private static List<MetricFamily> deliveries(List<Delivery> deliveries) {
        MetricFamily files = MetricFamily.of("ledger_files", "", "Files of the ledger, by utility and status.");
        MetricFamily rows = MetricFamily.of(
                "ledger_rows", "", "Rows of the files of the ledger, by utility and what became of them.");
        MetricFamily bytes = MetricFamily.of("ledger_size_bytes", "bytes", "Size of the files of the ledger.");
        MetricFamily received = MetricFamily.of(
                "last_delivery_timestamp_seconds", "seconds", "When the newest file of a utility was taken in.");
        MetricFamily interval = MetricFamily.of(
                "last_interval_timestamp_seconds", "seconds", "Start of the latest interval of a utility.");
        MetricFamily lateness = MetricFamily.of(
                "delivery_lateness_seconds",
                "seconds",
                "From the start of the latest interval of the newest file of a utility to when it was taken in.");
        Map<String, List<Delivery>> byUtility = deliveries.stream()
                .collect(Collectors.groupingBy(Delivery::utility, TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Delivery>> one : byUtility.entrySet()) {
            Map<String, String> utility = Map.of("utility", one.getKey());
            List<Delivery> own = one.getValue();
            long ingested = own.stream().filter(Delivery::isIngested).count();
            files = files.with(Map.of("utility", one.getKey(), "status", "ingested"), ingested)
                    .with(Map.of("utility", one.getKey(), "status", "rejected"), own.size() - ingested);
            for (String outcome :
                    own.getFirst().rows().keySet().stream().sorted().toList()) {
                rows = rows.with(
                        Map.of("utility", one.getKey(), "outcome", outcome),
                        sum(own, file -> file.rows().getOrDefault(outcome, 0L)));
            }
            bytes = bytes.with(utility, sum(own, Delivery::sizeBytes));
            List<Delivery> taken = own.stream().filter(Delivery::isIngested).toList();
            if (!taken.isEmpty()) {
                Delivery newest = taken.stream()
                        .max(Comparator.comparing(Delivery::receivedAt))
                        .get();
                received = received.with(utility, seconds(newest.receivedAt()));
                if (newest.lateness().isPresent()) {
                    lateness = lateness.with(utility, seconds(newest.lateness().get()));
                }
                List<Instant> intervals = taken.stream()
                        .map(Delivery::lastInterval)
                        .filter(java.util.Objects::nonNull)
                        .toList();
                if (!intervals.isEmpty()) {
                    interval = interval.with(
                            utility,
                            seconds(intervals.stream()
                                    .max(Comparator.naturalOrder())
                                    .get()));
                }
            }
        }
        return List.of(files, rows, bytes, received, interval, lateness);
    }

    private static List<MetricFamily> commits(Map<String, CompletedInstant> commits) {
        MetricFamily completed = MetricFamily.of(
                "table_commit_timestamp_seconds", "seconds", "When the newest commit of a table completed.");
        MetricFamily took = MetricFamily.of(
                "table_commit_duration_seconds", "seconds", "How long the newest commit of a table took.");
        for (Map.Entry<String, CompletedInstant> one : commits.entrySet()) {
            Map<String, String> table = Map.of("table", one.getKey());
            Instant end = Instant.from(INSTANT.parse(one.getValue().completed()));
            completed = completed.with(table, seconds(end));
            took = took.with(
                    table,
                    seconds(Duration.between(
                            Instant.from(INSTANT.parse(one.getValue().requested())), end)));
        }
        return List.of(completed, took);
    }

    private static List<MetricFamily> snapshots(List<Snapshot> snapshots) {
        MetricFamily count = MetricFamily.of("snapshots", "", "Snapshots that are kept, by purpose.");
        MetricFamily bytes = MetricFamily.of(
                "snapshot_size_bytes",
                "bytes",
                "Size of the files that snapshots list; a file that several list counts for each.");
        Map<String, List<Snapshot>> byPurpose = snapshots.stream()
                .collect(Collectors.groupingBy(
                        snapshot -> PURPOSES.contains(snapshot.purpose()) ? snapshot.purpose() : "other",
                        TreeMap::new,
                        Collectors.toList()));
        for (Map.Entry<String, List<Snapshot>> one : byPurpose.entrySet()) {
            Map<String, String> purpose = Map.of("purpose", one.getKey());
            count = count.with(purpose, one.getValue().size());
            bytes = bytes.with(purpose, sum(one.getValue(), Snapshot::bytes));
        }
        return List.of(count, bytes);
    }

    private static MetricFamily reports(List<ReportRow> reports) {
        MetricFamily family = MetricFamily.of("reports", "", "Reports, by name and status.");
        Map<Map<String, String>, Long> counts = reports.stream()
                .collect(Collectors.groupingBy(
                        row -> Map.of(
                                "report",
                                row.reportName(),
                                "status",
                                row.status().word()),
                        Collectors.counting()));
        for (Map<String, String> labels : counts.keySet().stream()
                .sorted(Comparator.comparing((Map<String, String> one) -> new TreeMap<>(one).toString()))
                .toList()) {
            family = family.with(labels, counts.getOrDefault(labels, 0L));
        }
        return family;
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> value) {
        return all.stream().mapToLong(value).sum();
    }

    static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
    }

    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }
}
