package io.meterlake.cli;

import io.meterlake.alarm.AlarmCheck;
import io.meterlake.alarm.Deliveries;
import io.meterlake.alarm.Incident;
import io.meterlake.alarm.OpenIncident;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.json.JsonDocuments;
import io.meterlake.log.LoggedRun;
import io.meterlake.metrics.LakeState;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            "Ends with 3 if there is any, with 1 if the lake cannot be read. To be run every few minutes; docs/runbook.md says what to do about each.",
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
        LakeMetricsSource source =
                new LakeMetricsSource(config, parent.context().clock());
        Optional<LakeState> lake = source.lake();
        List<LoggedRun> runs = LoggedExecution.logs(config).all();
        AlarmCheck check =
                new AlarmCheck(lake, runs, deliveries, parent.context().clock().instant());
        List<Incident> found = new ArrayList<>(check.incidents());
        source.failure().map(AlarmCheck::unreadable).ifPresent(found::add);
        List<OpenIncident> open = RunAlarms.incidents(config, parent.context()).update(found, check::isOver);
        print(open);
        if (source.failure().isPresent()) {
            return ExitCode.FAILED.status();
        }
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
                                            one.since().truncatedTo(ChronoUnit.SECONDS),
                                            incident.text().replace("\n", "\n  "),
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
