package io.meterlake.lineage;

import static io.meterlake.lineage.LineageErrorCode.BROKEN_LINEAGE;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lineage.LineageProblem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chains lineage rows: each row's hash covers its values and the hash of the row before, so a row that is changed or
 * taken out breaks the chain behind it. Rows of one report are appended in the order of their tables' names.
 *
 * <p>The hash is {@link Sha256} over {@value #VERSION} and then name and value of each column in the table's order, less
 * {@code row_hash}.
 */
public final class LineageChain {
    /** Stands for the hash before the first row. */
    public static final String START = "0".repeat(64);

    private static final String VERSION = "meterlake lineage 1";

    private LineageChain() {}

    /**
     * Links new rows to the end of the chain.
     *
     * @param existing all rows there are
     * @param fresh rows whose hashes are not set yet
     * @throws MeterlakeException {@code BROKEN_LINEAGE} if the existing rows are not one chain
     */
    public static List<LineageRow> append(List<LineageRow> existing, List<LineageRow> fresh) {
        List<LineageRow> chain = inOrder(existing);
        String previous = chain.isEmpty() ? START : chain.getLast().rowHash();
        List<LineageRow> linked = new ArrayList<>();
        List<LineageRow> sorted = fresh.stream()
                .sorted(Comparator.comparing(LineageRow::tableName))
                .toList();
        for (LineageRow row : sorted) {
            LineageRow next = row.linked(previous, hash(row, previous));
            linked.add(next);
            previous = next.rowHash();
        }
        return linked;
    }

    /**
     * The rows from the first to the last.
     *
     * @throws MeterlakeException {@code BROKEN_LINEAGE} naming the first row that does not fit
     */
    public static List<LineageRow> inOrder(List<LineageRow> rows) {
        Map<String, LineageRow> byPrevious = new HashMap<>();
        for (LineageRow row : rows) {
            LineageRow twin = byPrevious.put(row.previousRowHash(), row);
            if (twin != null) {
                throw broken("%s and %s both claim to follow the same row".formatted(name(twin), name(row)));
            }
        }
        List<LineageRow> ordered = new ArrayList<>();
        String previous = START;
        for (LineageRow row = byPrevious.remove(previous); row != null; row = byPrevious.remove(previous)) {
            if (!row.rowHash().equals(hash(row, previous))) {
                throw broken("the values of %s are not the ones that its hash was made from".formatted(name(row)));
            }
            ordered.add(row);
            previous = row.rowHash();
        }
        if (!byPrevious.isEmpty()) {
            LineageRow orphan = byPrevious.values().stream()
                    .min(Comparator.comparing(LineageRow::createdAt).thenComparing(LineageChain::name))
                    .orElseThrow();
            throw broken("the row before %s is gone or was changed".formatted(name(orphan)));
        }
        return ordered;
    }

    /** All that keeps the rows from being one chain, in the order in which they were made; empty if they are one. */
    public static List<LineageProblem> problems(List<LineageRow> rows) {
        List<LineageRow> sorted = rows.stream()
                .sorted(Comparator.comparing(LineageRow::createdAt).thenComparing(LineageChain::name))
                .toList();
        Map<String, List<LineageRow>> followers = new HashMap<>();
        Set<String> ends = new HashSet<>(Set.of(START));
        for (LineageRow row : sorted) {
            followers
                    .computeIfAbsent(row.previousRowHash(), hash -> new ArrayList<>())
                    .add(row);
            ends.add(row.rowHash());
        }
        List<LineageProblem> problems = new ArrayList<>();
        for (LineageRow row : sorted) {
            if (!row.rowHash().equals(hash(row, row.previousRowHash()))) {
                problems.add(problem(Kind.CHANGED, row, "its values are not the ones that its hash was made from"));
            }
            if (!ends.contains(row.previousRowHash())) {
                problems.add(problem(Kind.BROKEN_LINK, row, "the row before it is gone or was changed"));
            }
            List<LineageRow> beside = followers.getOrDefault(row.previousRowHash(), List.of());
            if (beside.size() > 1) {
                String others = beside.stream()
                        .filter(other -> !other.equals(row))
                        .map(LineageChain::name)
                        .collect(Collectors.joining(", "));
                problems.add(problem(Kind.BROKEN_LINK, row, "it claims to follow the same row as " + others));
            }
        }
        return problems;
    }

    private static LineageProblem problem(Kind kind, LineageRow row, String text) {
        return new LineageProblem(kind, row.reportId(), row.tableName(), name(row) + ": " + text);
    }

    private static String hash(LineageRow row, String previous) {
        return new Sha256()
                .add(VERSION)
                .add("report_id")
                .add(row.reportId())
                .add("table_name")
                .add(row.tableName())
                .add("report_name")
                .add(row.reportName())
                .add("period")
                .add(row.period())
                .add("run_type")
                .add(row.runType())
                .add("run_number")
                .add(Integer.toString(row.runNumber()))
                .add("snapshot_id")
                .add(row.snapshotId())
                .add("commit_requested_at")
                .add(row.commitRequestedAt())
                .add("commit_completed_at")
                .add(row.commitCompletedAt())
                .add("commits")
                .add(row.commits())
                .add("model_fingerprints")
                .add(row.modelFingerprints())
                .add("git_commit")
                .add(row.gitCommit())
                .add("variables")
                .add(row.variables())
                .add("time_zone")
                .add(row.timeZone())
                .add("trino_version")
                .add(row.trinoVersion())
                .add("query_ids")
                .add(row.queryIds())
                .add("row_count")
                .add(Long.toString(row.rowCount()))
                .add("content_hash")
                .add(row.contentHash())
                .add("created_at")
                .add(row.createdAt().toString())
                .add("previous_row_hash")
                .add(previous)
                .hex();
    }

    private static String name(LineageRow row) {
        return row.reportId() + " / " + row.tableName();
    }

    private static MeterlakeException broken(String reason) {
        return new MeterlakeException(
                BROKEN_LINEAGE,
                "Cannot trust the table report_lineage: " + reason,
                "Compare the table with the lineage.json files beside the reports, and find out who wrote to it.");
    }
}
