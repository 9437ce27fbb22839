package io.meterlake.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.log.LogEvent;
import io.meterlake.log.LogLevel;
import io.meterlake.testing.HookServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms that are sent once, over HTTP to a server of this test. */
class IncidentsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Incident LATE =
            new Incident(Alarm.LATE_FILE, "nord 2026-01-27", "Late: nord has sent 0 of 1 files", "Ask the utility.");
    private static final Incident FAILED = new Incident(Alarm.FAILED_RUN, "build", "build ended with 1", "");

    @TempDir
    private Path folder;

    private final List<LogEvent> log = Collections.synchronizedList(new ArrayList<>());
    private Instant now = Instant.parse("2026-01-28T08:00:00Z");
    private HookServer hook;

    @BeforeEach
    void start() throws IOException {
        hook = new HookServer();
    }

    @AfterEach
    void stop() {
        hook.close();
    }

    private Incidents incidents() {
        return new Incidents(folder, Optional.of(new Webhook(hook.url(), TIMEOUT)), () -> now, log::add);
    }

    @Test
    void sendsEachOnceUntilItIsOverAndComesAgain() {
        incidents().update(List.of(LATE, FAILED), open -> false);
        incidents().update(List.of(LATE), open -> false);
        assertThat(hook.texts())
                .containsExactly(
                        "Meterlake, late-file: Late: nord has sent 0 of 1 files\nFix: Ask the utility.\n"
                                + "Runbook: docs/runbook.md#late-file",
                        "Meterlake, failed-run: build ended with 1\nRunbook: docs/runbook.md#failed-run");
        assertThat(incidents().update(List.of(), open -> true)).isEmpty();
        incidents().update(List.of(LATE), open -> true);
        assertThat(hook.texts()).hasSize(3);
    }

    @Test
    void sendsLaterWhatCouldNotBeSentAndSaysSoWithoutTheAddress() {
        hook.answer(500);
        assertThat(incidents().update(List.of(LATE, FAILED), open -> false))
                .extracting(OpenIncident::isTold)
                .containsExactly(false, false);
        assertThat(log)
                .as("one failure is enough for a command")
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.level()).isEqualTo(LogLevel.WARNING);
                    assertThat(event.message())
                            .contains("Cannot send the alarm late-file to the webhook: it answered 500")
                            .doesNotContain("secret")
                            .doesNotContain("127.0.0.1");
                });
        hook.answer(200);
        assertThat(incidents().update(List.of(), open -> false))
                .extracting(OpenIncident::isTold)
                .containsExactly(true, true);
        assertThat(hook.texts()).hasSize(2);
    }

    @Test
    void goesOnWhenTheHookHangsOrIsGone() {
        hook.hang();
        incidents().update(List.of(LATE), open -> false);
        assertThat(log.getLast().message()).contains("HttpTimeoutException");
        hook.close();
        incidents().update(List.of(LATE), open -> false);
        assertThat(log.getLast().message())
                .contains("Cannot send the alarm late-file")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void forgetsWhatNobodyEnds() {
        incidents().update(List.of(FAILED), open -> false);
        now = now.plus(Incidents.FORGOTTEN_AFTER).plusSeconds(1);
        assertThat(incidents().update(List.of(), open -> false)).isEmpty();
    }

    @Test
    void sendsOneOnceHoweverManyFindIt() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 24; i++) {
                threads.execute(() -> incidents().update(List.of(LATE), open -> false));
            }
        }
        assertThat(hook.texts()).hasSize(1);
        assertThat(log).isEmpty();
    }

    @Test
    void startsAnewWhereTheStateCannotBeReadAndSendsNothingWhereItCannotBeKept() throws IOException {
        Files.writeString(folder.resolve("incidents.state"), "[{]");
        assertThat(incidents().update(List.of(LATE), open -> false)).hasSize(1);
        assertThat(log.getFirst().message()).startsWith("Cannot read which alarms were sent from ");
        assertThat(hook.texts()).hasSize(1);

        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        Incidents lost = new Incidents(
                inTheWay.resolve("runs"), Optional.of(new Webhook(hook.url(), TIMEOUT)), () -> now, log::add);
        assertThat(lost.update(List.of(FAILED), open -> false)).hasSize(1);
        assertThat(log.getLast().message()).startsWith("Cannot keep which alarms were sent in ");
        assertThat(hook.texts()).as("or it would be sent again and again").hasSize(1);
    }
}
