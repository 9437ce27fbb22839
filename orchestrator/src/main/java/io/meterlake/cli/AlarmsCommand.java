package io.meterlake.cli;

import io.meterlake.alarm.AlarmCheck;
import io.meterlake.alarm.Deliveries;
import io.meterlake.alarm.Incident;
import io.meterlake.alarm.OpenIncident;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.Lake;
import io.meterlake.log.LoggedRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code alarms}: what somebody must hear of. */
@Command(
        name = "alarms",
        description = "Looks for late files, failed runs, a broken lineage, reports that wait for approval and nights"
                + " without a build; sends what is new to the webhook",
        footer = {
            "",
            "Ends with 3 if there is any. To be run every few minutes; docs/runbook.md says what to do about each.",
            "Failed runs, changed lineage and new reports are also sent by the commands that meet them."
        },
        mixinStandardHelpOptions = true)
final class AlarmsCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "how the alarms are printed")
    private TextOrJson output;

    @Override
    public Integer call() {
        Config config = parent.config();
        Deliveries deliveries = Deliveries.read(config.path(Setting.ALARMS_DELIVERIES));
        AlarmCheck check;
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            List<LoggedRun> runs = LoggedExecution.logs(config).all();
            Instant now = parent.context().clock().instant();
            check = new AlarmCheck(LakeMetricsSource.state(config, lake), runs, deliveries, now);
        }
        List<Incident> found = check.incidents();
        List<OpenIncident> open = RunAlarms.incidents(config, parent.context()).update(found, check::isOver);
        print(open);
        return (open.isEmpty() ? ExitCode.OK : ExitCode.DATA).status();
    }

    private void print(List<OpenIncident> open) {
        switch (output) {
            case JSON ->
                parent.console()
                        .out()
                        .print(JsonDocuments.document(Map.of(
                                "alarms",
                                open.stream().map(AlarmsCommand::document).toList())));
            case TEXT -> {
                for (OpenIncident one : open) {
                    Incident incident = one.incident();
                    parent.console()
                            .out()
                            .println("%-14s since %s: %s%n  Fix: %s%n  %s"
                                    .formatted(
                                            incident.alarm().word(),
                                            one.since(),
                                            incident.text(),
                                            incident.fix(),
                                            incident.alarm().runbook()));
                }
                if (open.isEmpty()) {
                    parent.console().out().println("No alarm.");
                }
            }
        }
    }

    private static Map<String, Object> document(OpenIncident one) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("alarm", one.incident().alarm().word());
        document.put("subject", one.incident().subject());
        document.put("text", one.incident().text());
        document.put("fix", one.incident().fix());
        document.put("since", one.since());
        document.put("sent", one.isTold());
        document.put("runbook", one.incident().alarm().runbook());
        return document;
    }
}
