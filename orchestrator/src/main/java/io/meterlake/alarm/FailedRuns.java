package io.meterlake.alarm;

import io.meterlake.error.ExitCode;
import io.meterlake.log.LoggedRun;
import io.meterlake.log.RetriedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs as incidents. A server that is down fails many commands and is told once for each; data that are refused are told
 * for each command line, as each names other files. Pure.
 */
public final class FailedRuns {
    /** The subject of a chain that is broken, whoever finds it. */
    static final String LINEAGE = "lineage";

    private static final String LINEAGE_VERIFY = "lineage-verify";
    private static final Set<String> PROOFS = Set.of(LINEAGE_VERIFY, "snapshot-verify", "report-verify");

    /** Ended as its reader went away: nobody's fault. */
    private static final int READER_GONE = 141;

    private FailedRuns() {}

    /** What a run that ended is; empty list for a success. */
    public static List<Incident> of(LoggedRun run) {
        if (!run.status().isFailure() || isCode(run, READER_GONE)) {
            return List.of();
        }
        String how = run.status() == LoggedRun.Status.CUT_OFF
                ? "was cut off: killed, or the machine stopped"
                : "ended with " + run.exitCode();
        LoggedRun.Failure error = run.error();
        String text = "%s %s%s".formatted(name(run), how, error == null ? "" : "\n" + error.message());
        String look = "`./meterlake runs show %s` tells more.".formatted(run.id());
        String first = run.status() == LoggedRun.Status.CUT_OFF
                ? "Run it again, which takes back or completes what was begun."
                : error == null ? "" : sentence(error.fix());
        String fix = first.isEmpty() ? look : first + " " + look;
        return List.of(new Incident(alarm(run), subject(run), text, fix));
    }

    /** Whether a run, by ending well, says that an incident is over. */
    public static boolean endedBy(LoggedRun run, OpenIncident open) {
        Incident incident = open.incident();
        return run.status() == LoggedRun.Status.OK
                && run.ended() != null
                && !run.ended().isBefore(open.since())
                && (incident.alarm() == Alarm.FAILED_RUN || incident.alarm() == Alarm.BROKEN_LINEAGE)
                && mendedBy(run).contains(incident.subject());
    }

    /** The subjects of what a run mends that ends well; a retry mends what it went on with. */
    private static Set<String> mendedBy(LoggedRun run) {
        RetriedRun meant = RetriedRun.of(run);
        Set<String> subjects = new HashSet<>(List.of(run.command(), exactly(run), meant.command(), exactly(meant)));
        if (run.command().equals(LINEAGE_VERIFY)) {
            subjects.add(LINEAGE);
        }
        return subjects;
    }

    /** Those of a time that no later run of the same has mended, the oldest first. */
    public static List<Incident> among(List<LoggedRun> newestFirst, Instant now, Duration within) {
        List<Incident> incidents = new ArrayList<>();
        Set<String> mended = new HashSet<>();
        for (LoggedRun run : newestFirst) {
            if (run.started().isBefore(now.minus(within))) {
                break;
            }
            if (run.status() == LoggedRun.Status.OK) {
                mended.addAll(mendedBy(run));
            } else {
                of(run).stream()
                        .filter(one -> !mended.contains(one.subject()))
                        .filter(one -> incidents.stream().noneMatch(one::isSameAs))
                        .forEach(incidents::addFirst);
            }
        }
        return incidents;
    }

    private static Alarm alarm(LoggedRun run) {
        boolean changed = isCode(run, ExitCode.DATA.status()) || isCode(run, ExitCode.INPUTS_MISSING.status());
        return PROOFS.contains(run.command()) && changed ? Alarm.BROKEN_LINEAGE : Alarm.FAILED_RUN;
    }

    private static String subject(LoggedRun run) {
        if (alarm(run) == Alarm.BROKEN_LINEAGE) {
            return run.command().equals(LINEAGE_VERIFY) ? LINEAGE : exactly(run);
        }
        // A retry that fails is no incident of its own: what it went on with is still not done.
        RetriedRun meant = RetriedRun.of(run);
        return isCode(run, ExitCode.DATA.status()) ? exactly(meant) : meant.command();
    }

    private static String exactly(RetriedRun run) {
        return String.join(" ", run.arguments());
    }

    private static String exactly(LoggedRun run) {
        return String.join(" ", run.arguments());
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    private static String name(LoggedRun run) {
        return "meterlake " + exactly(run);
    }

    private static boolean isCode(LoggedRun run, int status) {
        Integer code = run.exitCode();
        return code != null && code == status;
    }
}
