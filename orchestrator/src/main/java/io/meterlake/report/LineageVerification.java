package io.meterlake.report;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LineageChain;
import io.meterlake.lineage.LineageProblem;
import io.meterlake.lineage.LineageProblem.Kind;
import io.meterlake.lineage.LineageRow;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the table {@code report_lineage} with itself (each row's hash, each link of the chain), with the copies beside
 * the reports, with the manifests and with the table {@code reports}. The chain alone would not show that its last rows
 * are gone. Changes nothing.
 */
public final class LineageVerification {
    private final ReportFiles files;
    private final ReportRecords records;

    public LineageVerification(ReportFiles files, ReportRecords records) {
        this.files = files;
        this.records = records;
    }

    /**
     * Looks at all there is. It does not keep reports from being made meanwhile; what looks wrong is looked at once more
     * while nobody makes or signs one.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if something looks wrong and somebody is making or signing a report
     */
    public LineageCheck check() {
        LineageCheck check = look();
        if (check.problems().isEmpty()) {
            return check;
        }
        try (WorkLock lock = records.lock()) {
            Objects.requireNonNull(lock);
            return look();
        }
    }

    /** The same as it looks now; what looks wrong may be a report that is just being made or signed. */
    LineageCheck look() {
        List<LineageRow> rows = records.lineage();
        List<ReportRow> reports = records.all();
        List<LineageProblem> problems = new ArrayList<>(LineageChain.problems(rows));
        Map<String, LineageRow> signings = new HashMap<>();
        files.signings().forEach(signing -> signings.put(signing.manifest().reportId(), signing.link()));
        SignatureCheck signatures = new SignatureCheck(rows, List.copyOf(signings.values()));
        List<Manifest> manifests = manifests(problems);
        Map<String, List<LineageRow>> byReport = rows.stream()
                .sorted(Comparator.comparing(LineageRow::tableName))
                .collect(Collectors.groupingBy(LineageRow::reportId));
        Map<String, ReportRow> reportRows = new HashMap<>();
        reports.forEach(report -> reportRows.put(report.reportId(), report));
        List<String> unfinished = new ArrayList<>();
        Set<String> withFiles = Set.copyOf(files.ids());
        for (Manifest manifest : manifests) {
            String id = manifest.reportId();
            List<LineageRow> own = byReport.getOrDefault(id, List.of());
            if (signings.containsKey(id)) {
                unfinished.add(id);
            }
            if (files.isFinished(manifest)) {
                problems.addAll(report(
                        manifest, own, Optional.ofNullable(reportRows.get(id)), Optional.ofNullable(signings.get(id))));
            } else if (reportRows.containsKey(id)) {
                problems.add(new LineageProblem(
                        Kind.REPORT, id, "", id + ": the copy of its lineage rows is gone from its folder"));
            } else {
                unfinished.add(id);
            }
        }
        for (ReportRow report : reports) {
            String id = report.reportId();
            List<LineageRow> own = byReport.getOrDefault(id, List.of());
            if (!withFiles.contains(id)) {
                problems.add(new LineageProblem(Kind.REPORT, id, "", id + ": its files are gone from " + files.root()));
            }
            if (!withFiles.contains(id) && own.isEmpty()) {
                problems.add(new LineageProblem(
                        Kind.MISSING,
                        id,
                        "",
                        "%s: it is %s and has no lineage row"
                                .formatted(id, report.status().word())));
            }
            signatures
                    .problem(report)
                    .ifPresent(text -> problems.add(new LineageProblem(Kind.SIGNATURE, id, "", id + ": " + text)));
        }
        byReport.forEach((id, own) -> {
            if (!withFiles.contains(id) && !reportRows.containsKey(id)) {
                own.forEach(row -> problems.add(problem(Kind.EXTRA, row, "there is no report of this id")));
            }
        });
        return new LineageCheck(rows.size(), manifests.size(), unfinished, problems);
    }

    /** The manifests that can be read; the others are problems. */
    private List<Manifest> manifests(List<LineageProblem> problems) {
        List<Manifest> manifests = new ArrayList<>();
        for (String id : files.ids()) {
            try {
                files.find(id).ifPresent(manifests::add);
            } catch (MeterlakeException e) {
                problems.add(new LineageProblem(Kind.REPORT, id, "", id + ": " + e.getMessage()));
            }
        }
        return manifests;
    }

    /** @param signing a signature that is being written: whether the table or the copy has it is not settled yet */
    private List<LineageProblem> report(
            Manifest manifest, List<LineageRow> all, Optional<ReportRow> report, Optional<LineageRow> signing) {
        List<LineageProblem> problems = new ArrayList<>();
        String id = manifest.reportId();
        List<LineageRow> own = without(all, signing);
        List<LineageRow> copies;
        try {
            copies = without(files.lineage(manifest), signing);
        } catch (MeterlakeException e) {
            problems.add(new LineageProblem(Kind.REPORT, id, "", String.valueOf(e.getMessage())));
            copies = own;
        }
        Map<String, LineageRow> present = byTable(own);
        Map<String, LineageRow> copied = byTable(copies);
        Map<String, LineageRow> written = byTable(ReportRecords.rows(manifest));
        for (LineageRow copy : copies) {
            LineageRow row = present.get(copy.tableName());
            if (row == null) {
                problems.add(problem(
                        Kind.MISSING, copy, "the row is gone from the table; its copy is in the report's folder"));
            } else if (!row.equals(copy)) {
                problems.add(problem(
                        Kind.CHANGED, row, differences(row, copy, "the copy in the report's folder", Set.of())));
            }
        }
        for (LineageRow row : own) {
            LineageRow expected = written.get(row.tableName());
            if (SignatureLink.is(row) && copied.containsKey(row.tableName())) {
                continue;
            }
            if (!copied.containsKey(row.tableName()) || expected == null) {
                problems.add(problem(Kind.EXTRA, row, "the report did not write this row"));
            } else {
                String text = differences(row, expected, "the manifest", Set.of("previousRowHash", "rowHash"));
                if (!text.isEmpty()) {
                    problems.add(problem(Kind.CHANGED, row, text));
                }
            }
        }
        if (report.isEmpty()) {
            problems.add(new LineageProblem(Kind.REPORT, id, "", id + ": its row is gone from the table reports"));
        } else if (!files.manifestSha256(manifest).equals(report.get().manifestSha256())) {
            problems.add(new LineageProblem(
                    Kind.REPORT, id, "", id + ": its manifest is not the one that the table reports names"));
        } else if (!report.get().isOf(manifest)) {
            problems.add(new LineageProblem(
                    Kind.REPORT, id, "", id + ": its row in the table reports does not say what its manifest says"));
        }
        return problems;
    }

    private static List<LineageRow> without(List<LineageRow> rows, Optional<LineageRow> one) {
        return rows.stream().filter(row -> !one.equals(Optional.of(row))).toList();
    }

    /** Which values differ; empty if none does. */
    private static String differences(LineageRow row, LineageRow other, String otherName, Set<String> except) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : LineageRow.class.getRecordComponents()) {
            if (!except.contains(component.getName())
                    && !Objects.equals(value(component, row), value(component, other))) {
                names.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
            }
        }
        return names.isEmpty() ? "" : "its %s is not what %s has".formatted(String.join(", ", names), otherName);
    }

    private static @org.jspecify.annotations.Nullable Object value(RecordComponent component, LineageRow row) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's values can be read", e);
        }
    }

    private static Map<String, LineageRow> byTable(List<LineageRow> rows) {
        Map<String, LineageRow> byTable = new HashMap<>();
        rows.forEach(row -> byTable.put(row.tableName(), row));
        return byTable;
    }

    private static LineageProblem problem(Kind kind, LineageRow row, String text) {
        return new LineageProblem(
                kind, row.reportId(), row.tableName(), row.reportId() + " / " + row.tableName() + ": " + text);
    }
}
