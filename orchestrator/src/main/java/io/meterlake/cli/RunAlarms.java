package io.meterlake.cli;

import io.meterlake.alarm.Alarm;
import io.meterlake.alarm.AlarmCheck;
import io.meterlake.alarm.FailedRuns;
import io.meterlake.alarm.Incident;
import io.meterlake.alarm.Incidents;
import io.meterlake.alarm.OpenIncident;
import io.meterlake.alarm.Webhook;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.log.Field;
import io.meterlake.log.LogLine;
import io.meterlake.log.LoggedRun;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of a run somebody must hear. */
final class RunAlarms {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Incidents incidents;
    private final boolean isWatched;

    /** @param isWatched whether a person sees the command end, and need not be told that it was misspelt */
    RunAlarms(Incidents incidents, boolean isWatched) {
        this.incidents = incidents;
        this.isWatched = isWatched;
    }

    /** Those that the settings keep and send. */
    static Incidents incidents(Config config, CommandContext context) {
        String url = config.text(Setting.NOTIFY_WEBHOOK_URL).strip();
        Optional<Webhook> hook = url.isEmpty() ? Optional.empty() : Optional.of(new Webhook(URI.create(url), TIMEOUT));
        return new Incidents(
                config.path(Setting.RUNS_PATH),
                hook,
                context.clock(),
                context.console().log());
    }

    /** Sends what a run that has just ended brought up, and notes what it mended. */
    void after(LoggedRun run, List<LogLine> lines) {
        Integer code = run.exitCode();
        boolean isSlip = isWatched && code != null && code == ExitCode.USAGE.status();
        List<Incident> found = new ArrayList<>(isSlip ? List.of() : FailedRuns.of(run));
        Set<String> decided = new HashSet<>();
        for (LogLine line : lines) {
            Optional<String> report = line.event().text(Field.REPORT);
            String status = line.event().text(Field.STATUS).orElse("");
            if (report.isPresent() && status.equals("draft")) {
                found.add(AlarmCheck.waiting(report.get()));
            } else if (report.isPresent() && !status.isEmpty()) {
                decided.add(report.get());
            }
        }
        incidents.update(found, open -> FailedRuns.endedBy(run, open) || isDecided(open, decided));
    }

    private static boolean isDecided(OpenIncident open, Set<String> decided) {
        return open.incident().alarm() == Alarm.WAITING_REPORT
                && decided.contains(open.incident().subject());
    }
}
