package io.meterlake.cli;

import io.meterlake.alarm.Deliveries;
import io.meterlake.alarm.Incident;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.Lake;
import io.meterlake.metrics.Delivery;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ingest check}: whether everybody delivered. */
@Command(
        name = "check",
        description = "Tells whether each utility has sent what deliveries.yml expects of it by now",
        footer = {
            "",
            "Ends with 3 if one has not. Meters are counted by Trino; files are known without it.",
            "The same file tells `alarms` who is late; docs/runbook.md#late-file says what can be written."
        },
        mixinStandardHelpOptions = true)
final class IngestCheckCommand implements Callable<Integer> {
    @ParentCommand
    private IngestCommand ingest;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "how the outcome is printed")
    private TextOrJson output;

    @Override
    public Integer call() {
        MeterlakeCommand parent = ingest.parent();
        Config config = parent.config();
        Path file = config.path(Setting.ALARMS_DELIVERIES);
        Deliveries deliveries = Deliveries.read(file);
        if (deliveries.utilities().isEmpty()) {
            throw new MeterlakeException(
                    CliErrorCode.NOTHING_EXPECTED,
                    "Cannot check deliveries: %s expects nothing of anybody".formatted(file),
                    "Write who sends what by when, as docs/runbook.md#late-file shows, or set alarms.deliveries.");
        }
        List<Delivery> ledger;
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            ledger = Delivery.all(lake);
        }
        List<Incident> late = deliveries.late(
                ledger,
                (utility, day) -> meters(config, utility, day),
                parent.context().clock().instant());
        print(parent.console(), deliveries.utilities().size(), late);
        return (late.isEmpty() ? ExitCode.OK : ExitCode.DATA).status();
    }

    private static long meters(Config config, String utility, LocalDate day) {
        String sql =
                "select count(distinct meter_id) from %s.%s.meter_readings where reading_date = date '%s' and utility = %s"
                        .formatted(
                                TrinoDialect.LAKE_CATALOG,
                                config.text(Setting.LAKE_DATABASE),
                                day,
                                TrinoDialect.literal(utility));
        try (EngineSession session = EngineSession.open(config, "ingest check")) {
            return Long.parseLong(session.trino().rows(sql).firstColumn().getFirst());
        }
    }

    private void print(Console console, int expected, List<Incident> late) {
        switch (output) {
            case JSON ->
                console.out()
                        .print(JsonDocuments.document(Map.of(
                                "expected",
                                expected,
                                "late",
                                late.stream()
                                        .map(one ->
                                                Map.of("subject", one.subject(), "text", one.text(), "fix", one.fix()))
                                        .toList())));
            case TEXT -> {
                for (Incident one : late) {
                    console.out().println(one.text());
                    console.out().println("  Fix: " + one.fix());
                }
                if (late.isEmpty()) {
                    console.out()
                            .println(
                                    expected == 1
                                            ? "The 1 utility has sent what is expected of it."
                                            : "All %d utilities have sent what is expected of them."
                                                    .formatted(expected));
                }
            }
        }
    }
}
