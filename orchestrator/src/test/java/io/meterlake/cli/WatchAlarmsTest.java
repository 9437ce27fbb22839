package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.alarm.Incidents;
import io.meterlake.alarm.OpenIncident;
import io.meterlake.alarm.Webhook;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.testing.HookServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of an ingest that goes on. */
class WatchAlarmsTest {
    private static final Instant NOW = Instant.parse("2026-01-28T08:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void tellsOfEachRefusedFileOnceAndOfALakeThatIsDownUntilItIsBack() throws IOException {
        try (HookServer hook = new HookServer()) {
            Incidents incidents = new Incidents(
                    folder, Optional.of(new Webhook(hook.url(), Duration.ofSeconds(5))), () -> NOW, event -> {});
            WatchAlarms alarms = new WatchAlarms(incidents);
            LogEvent refused = LogEvent.error("a.csv: rejected: why").with(Field.FILE, "/landing/a.csv");
            LogEvent down = LogEvent.error("Cannot reach the metastore").with(Field.CODE, "METASTORE_DOWN");
            LogEvent taken = LogEvent.info("b.csv: 1 new").with(Field.FILE, "/landing/b.csv");
            List.of(refused, down, down, refused, LogEvent.info("Watching")).forEach(alarms::write);
            assertThat(hook.texts())
                    .containsExactly(
                            "Meterlake, failed-run: ingest --watch goes on, but\na.csv: rejected: why\n"
                                    + "Runbook: docs/runbook.md#failed-run",
                            "Meterlake, failed-run: ingest --watch goes on, but\nCannot reach the metastore\n"
                                    + "Runbook: docs/runbook.md#failed-run");

            alarms.write(taken);
            assertThat(incidents.update(List.of(), open -> false))
                    .extracting(OpenIncident::incident)
                    .extracting(incident -> incident.subject())
                    .containsExactly("ingest --watch /landing/a.csv");
            alarms.write(down);
            assertThat(hook.texts()).as("down once more").hasSize(3);
            alarms.end();
            alarms.write(refused.with(Field.FILE, "/landing/c.csv"));
            assertThat(hook.texts()).as("that is told of the command that ends").hasSize(3);
        }
    }
}
