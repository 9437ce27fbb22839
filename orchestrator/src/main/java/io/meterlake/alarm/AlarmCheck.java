package io.meterlake.alarm;

import io.meterlake.error.MeterlakeException;
import io.meterlake.log.LoggedRun;
import io.meterlake.metrics.LakeState;
import io.meterlake.report.ReportRow;
import io.meterlake.report.ReportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all there is for incidents. Pure. */
public final class AlarmCheck {
    /** So far back failed runs are looked for, and so long no build may be begun. */
    static final Duration DAY = Duration.ofHours(24);

    /** The subject of a lake that cannot be read. */
    private static final String UNREADABLE = "the lake";

    private final Optional<LakeState> lake;
    private final List<LoggedRun> runs;
    private final Deliveries deliveries;
    private final Instant now;

    /**
     * Looks at these.
     *
     * @param lake empty if it cannot be read
     * @param runs the newest first
     */
    public AlarmCheck(Optional<LakeState> lake, List<LoggedRun> runs, Deliveries deliveries, Instant now) {
        this.lake = lake;
        this.runs = List.copyOf(runs);
        this.deliveries = deliveries;
        this.now = now;
    }

    /** What goes on. */
    public List<Incident> incidents() {
        List<Incident> found = new ArrayList<>();
        lake.ifPresent(state -> found.addAll(deliveries.late(state.deliveries(), now)));
        FailedRuns.among(runs, now, DAY).stream()
                .filter(incident -> !isLookedAtHere(incident))
                .forEach(found::add);
        broken().ifPresent(found::add);
        found.addAll(waiting());
        silent().ifPresent(found::add);
        return found;
    }

    /**
     * Whether an incident that was found before, and is not found any more, is over. A failed run is after a day: somebody
     * was told, and a file that is refused may never come again.
     */
    public boolean isOver(OpenIncident open) {
        return switch (open.incident().alarm()) {
            case LATE_FILE, WAITING_REPORT -> lake.isPresent();
            case SILENT -> true;
            case BROKEN_LINEAGE -> isLookedAtHere(open.incident()) || mended(open);
            case FAILED_RUN ->
                mended(open)
                        || open.since().isBefore(now.minus(DAY))
                        || (lake.isPresent() && open.incident().subject().equals(UNREADABLE));
        };
    }

    /** The chain, unless somebody makes or signs a report just now. */
    private boolean isLookedAtHere(Incident incident) {
        return incident.alarm() == Alarm.BROKEN_LINEAGE
                && incident.subject().equals(FailedRuns.LINEAGE)
                && lake.flatMap(LakeState::lineage).isPresent();
    }

    private boolean mended(OpenIncident open) {
        return runs.stream().anyMatch(run -> FailedRuns.endedBy(run, open));
    }

    private Optional<Incident> broken() {
        return lake.flatMap(LakeState::lineage)
                .filter(check -> !check.problems().isEmpty())
                .map(check -> new Incident(
                        Alarm.BROKEN_LINEAGE,
                        FailedRuns.LINEAGE,
                        "the lineage is not as it was written: %s%s"
                                .formatted(
                                        check.problems().getFirst().text(),
                                        check.problems().size() == 1
                                                ? ""
                                                : ", and " + (check.problems().size() - 1) + " more"),
                        "Sign no report. `./meterlake lineage verify` lists what was changed."));
    }

    /** The newest draft of each report and period, unless one of the same is signed that was made later. */
    private List<Incident> waiting() {
        List<ReportRow> reports = lake.map(LakeState::reports).orElse(List.of());
        return reports.stream()
                .filter(row -> row.status() == ReportStatus.DRAFT)
                .filter(row -> reports.stream().noneMatch(other -> isLaterThan(row, other)))
                .map(row -> waiting(row.reportId()))
                .toList();
    }

    /** A lake that cannot be read: its servers, its disk. */
    public static Incident unreadable(MeterlakeException failure) {
        return new Incident(
                Alarm.FAILED_RUN, UNREADABLE, "the lake cannot be read\n" + failure.getMessage(), failure.hint());
    }

    private static boolean isLaterThan(ReportRow row, ReportRow other) {
        return other.reportName().equals(row.reportName())
                && other.period().equals(row.period())
                && other.createdAt().isAfter(row.createdAt());
    }

    /** A report that was just made. */
    public static Incident waiting(String reportId) {
        return new Incident(
                Alarm.WAITING_REPORT,
                reportId,
                "report " + reportId + " waits for approval",
                "Look at `./meterlake report show %1$s`, and sign it: `./meterlake report sign %1$s --by NAME`."
                        .formatted(reportId));
    }

    private Optional<Incident> silent() {
        Optional<Instant> last = runs.stream()
                .filter(run -> run.command().equals("build"))
                .map(LoggedRun::started)
                .findFirst();
        return last.filter(begun -> begun.isBefore(now.minus(DAY)))
                .map(begun -> new Incident(
                        Alarm.SILENT,
                        "build",
                        "no build was begun since " + begun,
                        "Is the scheduler running, is its DAG paused? `./meterlake build` makes up for it."));
    }
}
