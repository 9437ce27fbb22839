package io.meterlake.report;

import io.meterlake.compile.InlinedQuery;
import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.compile.ReportDefinition;
import io.meterlake.engine.Trino;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the folders of a snapshot that a report and its explanation read. */
final class InputPartitions {
    private InputPartitions() {}

    /**
     * Partitions by table, both sorted; a table of which nothing is read is not among them. Trino analyses all of the
     * report's queries for it, so that one that could not run years later is found out now.
     */
    static SortedMap<String, List<String>> of(
            Trino trino, Snapshots snapshots, ReportQuery query, Snapshot snapshot, Days period) {
        List<PartitionsRead> reads = new ArrayList<>();
        reads.add(read(trino, query.query().sql(), query.query(), query, snapshot));
        query.details().ifPresent(details -> {
            String detail = columns(details.detail().sql(), ReportDefinition.DETAIL_COLUMNS, period);
            String readings = columns(details.readings().sql(), ReportDefinition.READINGS_COLUMNS, period);
            reads.add(read(trino, detail, details.detail(), query, snapshot));
            reads.add(read(trino, readings, details.readings(), query, snapshot));
        });
        SortedMap<String, List<String>> partitions = new TreeMap<>();
        for (InputTable source : query.sources()) {
            String table = source.relation().identifier();
            TreeSet<String> read = new TreeSet<>();
            for (PinnedFile file : snapshots.files(snapshot, table)) {
                if (reads.stream().anyMatch(one -> one.reads(table, file.partition()))) {
                    read.add(file.partition());
                }
            }
            if (!read.isEmpty()) {
                partitions.put(table, List.copyOf(read));
            }
        }
        return partitions;
    }

    private static PartitionsRead read(
            Trino trino, String sql, InlinedQuery inlined, ReportQuery report, Snapshot snapshot) {
        PartitionsRead read = PartitionsRead.of(trino, sql, snapshot.database());
        read.requireOnly(inlined.tables(), report.definition().name());
        return read;
    }

    /** A query's rows of the period, with these columns only. */
    static String columns(String sql, List<String> columns, Days period) {
        return "select %s\nfrom (\n%s\n)\nwhere %s"
                .formatted(String.join(", ", columns), sql.strip(), period.sql("reading_date"));
    }
}
