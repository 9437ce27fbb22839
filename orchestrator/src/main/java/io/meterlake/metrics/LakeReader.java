package io.meterlake.metrics;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import io.meterlake.report.LineageCheck;
import io.meterlake.report.LineageVerification;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportRecords;
import io.meterlake.snapshot.Snapshots;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the state of a lake; changes nothing and asks no query engine. */
public final class LakeReader {
    private static final Set<String> COMMITS = Set.of("commit", "replacecommit");

    private final Lake lake;
    private final ReportFiles files;
    private final ReportRecords records;

    public LakeReader(Lake lake, ReportFiles files, ReportRecords records) {
        this.lake = lake;
        this.files = files;
        this.records = records;
    }

    /**
     * Reads all of it.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public LakeState read() {
        List<Delivery> deliveries = Delivery.all(lake);
        Map<String, CompletedInstant> commits = new TreeMap<>();
        for (TableDefinition table : LakeTables.ALL) {
            lake.completedInstants(table.name()).stream()
                    .filter(instant -> COMMITS.contains(instant.action()))
                    .max(Comparator.comparing(CompletedInstant::completed))
                    .ifPresent(newest -> commits.put(table.name(), newest));
        }
        return new LakeState(deliveries, commits, new Snapshots(lake).list(), records.all(), lineage());
    }

    private Optional<LineageCheck> lineage() {
        try {
            return Optional.of(new LineageVerification(files, records).check());
        } catch (MeterlakeException e) {
            if (e.code() != LakeErrorCode.LAKE_LOCKED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
