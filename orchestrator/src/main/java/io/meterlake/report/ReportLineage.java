package io.meterlake.report;

import io.meterlake.json.JsonDocuments;
import io.meterlake.lineage.LineageChain;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.LineageStore;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the lineage rows of reports whose files are safe. It may be cut off anywhere and be done again: a manifest holds
 * all that is needed.
 */
public final class ReportLineage {
    private final ReportFiles files;
    private final LineageStore store;

    public ReportLineage(ReportFiles files, LineageStore store) {
        this.files = files;
        this.store = store;
    }

    /**
     * Finishes what runs that were cut off left.
     *
     * @return the reports that were finished now
     */
    public List<Manifest> finishAll() {
        List<Manifest> unfinished = files.unfinished().stream()
                .sorted(Comparator.comparing(Manifest::createdAt).thenComparing(Manifest::reportId))
                .toList();
        unfinished.forEach(this::write);
        return unfinished;
    }

    /** Writes a report's rows, unless they are there, and then notes beside the report that they are. */
    public List<LineageRow> write(Manifest manifest) {
        List<LineageRow> existing = store.rows();
        List<LineageRow> mine = existing.stream()
                .filter(row -> row.reportId().equals(manifest.reportId()))
                .sorted(Comparator.comparing(LineageRow::tableName))
                .toList();
        List<LineageRow> rows = mine;
        // All rows of a report are one commit: either they are all there or none is.
        if (mine.isEmpty() && !manifest.inputs().isEmpty()) {
            rows = LineageChain.append(existing, rows(manifest));
            store.upsert(rows);
        }
        files.noteLineage(manifest, rows);
        return rows;
    }

    /** The ids of all reports that have rows. */
    Set<String> reportIds() {
        return store.rows().stream().map(LineageRow::reportId).collect(Collectors.toSet());
    }

    private static List<LineageRow> rows(Manifest manifest) {
        return manifest.inputs().stream()
                .map(input -> new LineageRow(
                        manifest.reportId(),
                        input.table(),
                        manifest.reportName(),
                        manifest.period(),
                        manifest.runType(),
                        manifest.runNumber(),
                        manifest.status(),
                        manifest.snapshotId(),
                        input.commitRequestedAt(),
                        input.commitCompletedAt(),
                        JsonDocuments.compact(input.commits()),
                        JsonDocuments.compact(manifest.modelFingerprints()),
                        manifest.gitCommit(),
                        JsonDocuments.compact(manifest.variables()),
                        manifest.timeZone(),
                        manifest.trinoVersion(),
                        JsonDocuments.compact(manifest.queryIds()),
                        manifest.rowCount(),
                        manifest.contentHash(),
                        manifest.createdAt(),
                        "",
                        ""))
                .toList();
    }
}
