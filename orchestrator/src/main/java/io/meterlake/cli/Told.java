package io.meterlake.cli;

import io.meterlake.lake.LakeTables;
import io.meterlake.lineage.LineageProblem;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogSink;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportProblem;
import io.meterlake.report.ReportSigning;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotProblem;
import io.meterlake.writer.IngestOutcome;
import java.util.Locale;

/** Events of what a person reads on stdout or in other words, for the kept log and for programs. */
record Told(LogSink log) {
    void file(IngestOutcome outcome) {
        String line = IngestText.lines(outcome).getFirst();
        boolean refused = outcome.status() == IngestOutcome.Status.REJECTED
                || (outcome.status() == IngestOutcome.Status.INGESTED && outcome.rowsRejected() > 0);
        LogEvent event = (refused ? LogEvent.error(line) : LogEvent.info(line))
                .with(Field.FILE, outcome.file().toString())
                .with(Field.CHECKSUM, outcome.checksum())
                .with(Field.UTILITY, outcome.utility())
                .with(Field.STATUS, outcome.status().name().toLowerCase(Locale.ROOT))
                .with(Field.ROWS_NEW, outcome.rowsNew())
                .with(Field.ROWS_CHANGED, outcome.rowsChanged())
                .with(Field.ROWS_REJECTED, outcome.rowsRejected())
                .with(Field.FIX, refused ? fix(outcome) : "");
        if (outcome.commit() != null && outcome.status() == IngestOutcome.Status.INGESTED) {
            event = event.with(Field.TABLE, LakeTables.METER_READINGS.name())
                    .with(Field.COMMIT, outcome.commit().requested());
        }
        log.write(event.told());
    }

    private static String fix(IngestOutcome outcome) {
        return outcome.hint().isEmpty() ? IngestText.lines(outcome).getLast().strip() : outcome.hint();
    }

    /** @param verb such as {@code reads} */
    void tables(String verb, Snapshot snapshot) {
        for (PinnedTable table : snapshot.tables()) {
            String commit = table.newest().map(newest -> newest.requested()).orElse("");
            log.write(LogEvent.info("%s %s as of %s"
                            .formatted(
                                    verb, table.table(), commit.isEmpty() ? "before any commit" : "commit " + commit))
                    .with(Field.SNAPSHOT, snapshot.id())
                    .with(Field.TABLE, table.table())
                    .with(Field.COMMIT, commit)
                    .told());
        }
    }

    void made(Manifest report) {
        log.write(report("made report " + report.reportId(), report.reportId(), "draft")
                .with(Field.SNAPSHOT, report.snapshotId())
                .told());
        for (Manifest.Input input : report.inputs()) {
            String commit = input.commitRequestedAt() == null ? "" : input.commitRequestedAt();
            log.write(LogEvent.info("read " + input.relation())
                    .with(Field.REPORT, report.reportId())
                    .with(Field.SNAPSHOT, report.snapshotId())
                    .with(Field.TABLE, input.table())
                    .with(Field.COMMIT, commit)
                    .told());
        }
    }

    void signed(ReportSigning.Signed signed) {
        String id = signed.signed().reportId();
        log.write(report("signed report " + id, id, "signed").told());
        signed.superseded()
                .forEach(other ->
                        log.write(report("superseded report " + other.reportId(), other.reportId(), "superseded")
                                .told()));
    }

    private static LogEvent report(String message, String id, String status) {
        return LogEvent.info(message).with(Field.REPORT, id).with(Field.STATUS, status);
    }

    void problem(LineageProblem problem) {
        log.write(LogEvent.error(problem.text())
                .with(Field.REPORT, problem.reportId())
                .with(Field.TABLE, problem.tableName())
                .told());
    }

    void problem(String reportId, ReportProblem problem) {
        LogEvent event = problem.verdict() == ReportProblem.Verdict.NOTE
                ? LogEvent.warning(problem.text())
                : LogEvent.error(problem.text());
        log.write(event.with(Field.REPORT, reportId).told());
    }

    void problem(String snapshotId, SnapshotProblem problem) {
        log.write(LogEvent.error(problem.text())
                .with(Field.SNAPSHOT, snapshotId)
                .with(Field.TABLE, problem.table())
                .told());
    }

    /** @param what such as {@code made} */
    void snapshot(String what, String snapshotId) {
        log.write(LogEvent.info(what + " snapshot " + snapshotId)
                .with(Field.SNAPSHOT, snapshotId)
                .told());
    }
}
