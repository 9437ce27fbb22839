package io.meterlake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.testing.SteppingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on disk, without any command. */
class RunLogsTest {
    @TempDir
    private Path folder;

    private final SteppingClock clock = new SteppingClock(Instant.parse("2026-01-26T02:05:00Z"), Duration.ofSeconds(1));
    private final List<LogEvent> warnings = new ArrayList<>();

    private RunLog begin(RunLogs logs, String command, String... arguments) {
        return logs.begin(command, List.of(arguments), clock, warnings::add).orElseThrow();
    }

    @Test
    void tellsARunThatGoesOnFromOneThatEnded() {
        RunLogs logs = new RunLogs(folder, 10);
        RunLog log = begin(logs, "report run", "report", "run", "settlement");
        assertThat(log.id()).isEqualTo("20260126020500000-report-run");
        assertThat(logs.find(log.id()).status()).isEqualTo(LoggedRun.Status.RUNNING);

        log.write(LogEvent.info("Making report r").with(Field.REPORT, "r").with(Field.SNAPSHOT, "s"));
        log.write(LogEvent.error("Cannot make report r: why")
                .with(Field.CODE, "FAILED_BUILD")
                .with(Field.FIX, "Mend it."));
        log.write(LogEvent.error("and then this"));
        log.ended(3);

        LoggedRun run = logs.find(log.id());
        assertThat(run.status()).isEqualTo(LoggedRun.Status.FAILED);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.command()).isEqualTo("report-run");
        assertThat(run.arguments()).containsExactly("report", "run", "settlement");
        assertThat(run.error())
                .as("what went wrong first")
                .isEqualTo(new LoggedRun.Failure("FAILED_BUILD", "Cannot make report r: why", "Mend it."));
        assertThat(run.elapsed()).contains(Duration.ofSeconds(4));
        Touched touched = Touched.of(logs.lines(run));
        assertThat(touched.reports()).containsExactly("r");
        assertThat(touched.snapshots()).containsExactly("s");
        assertThat(warnings).isEmpty();
    }

    @Test
    void tellsARunThatWasToldToEndFromOneThatWasKilled() throws IOException {
        RunLogs logs = new RunLogs(folder, 10);
        RunLog told = begin(logs, "ingest", "ingest", "--watch", "landing");
        told.interrupted();
        RunLog ended = begin(logs, "ingest", "ingest", "f.csv");
        ended.interrupted();
        ended.ended(0);
        // As a killed process leaves it: the lock's file is there, and nobody holds it; the last line is torn.
        Files.copy(folder.resolve(told.id() + ".jsonl"), folder.resolve("20260126020000000-build.jsonl"));
        Files.writeString(folder.resolve("20260126020000000-build.lock"), "");
        Files.writeString(
                folder.resolve("20260126010000000-build.jsonl"), "{\"time\":\"2026-01-26T01:00:00Z\",\"level\":\"in");
        Files.write(
                folder.resolve("20260126010000000-build.jsonl"), new byte[] {(byte) 0xc3}, StandardOpenOption.APPEND);

        assertThat(logs.find(told.id()).status()).isEqualTo(LoggedRun.Status.RUNNING);
        assertThat(logs.find(ended.id()).status()).isEqualTo(LoggedRun.Status.OK);
        assertThat(logs.find("20260126020000000-build").status()).isEqualTo(LoggedRun.Status.INTERRUPTED);
        LoggedRun cutOff = logs.find("20260126010000000-build");
        assertThat(cutOff.status()).isEqualTo(LoggedRun.Status.CUT_OFF);
        assertThat(cutOff.started()).isEqualTo(Instant.parse("2026-01-26T01:00:00Z"));
        assertThat(cutOff.ended()).isNull();
        assertThat(logs.all()).extracting(LoggedRun::id).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void givesTwoRunsOfOneMillisecondTwoNames() {
        RunLogs logs = new RunLogs(folder, 10);
        Instant now = Instant.parse("2026-01-26T02:05:00Z");
        RunLog first =
                logs.begin("build", List.of("build"), () -> now, warnings::add).orElseThrow();
        RunLog second =
                logs.begin("build", List.of("build"), () -> now, warnings::add).orElseThrow();
        first.ended(0);
        RunLog third =
                logs.begin("build", List.of("build"), () -> now, warnings::add).orElseThrow();
        assertThat(List.of(first.id(), second.id(), third.id()))
                .containsExactly("20260126020500000-build", "20260126020500001-build", "20260126020500002-build");
    }

    @Test
    void deletesWhatIsTooOldButForTheLastSuccessAndWhatStillRuns() {
        RunLogs logs = new RunLogs(folder, 2);
        String running = begin(logs, "build", "build").id();
        RunLog good = begin(logs, "build", "build");
        good.ended(0);
        begin(logs, "seed", "seed").ended(0);
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RunLog log = begin(logs, "build", "build");
            log.ended(1);
            failed.add(log.id());
        }
        assertThat(logs.all().stream().filter(run -> run.command().equals("build")))
                .extracting(LoggedRun::id)
                .containsExactly(failed.get(3), failed.get(2), good.id(), running);
        assertThat(logs.all()).as("other commands have their own count").hasSize(5);
        assertThat(logs.lastSuccesses().get("build"))
                .satisfies(run -> assertThat(run.id()).isEqualTo(good.id()));
        assertThat(logs.lastSuccesses()).containsOnlyKeys("build", "seed");
    }

    @Test
    void keepsTheEndOfALogThatBecomesVeryLong() throws IOException {
        RunLogs logs = new RunLogs(folder, 2);
        RunLog log = begin(logs, "ingest", "ingest", "--watch", "landing");
        String long1 = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            log.write(LogEvent.info(i + long1).with(Field.COMMIT, "c" + i));
        }
        log.ended(0);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isLessThan(2 * (LogLinesFile.LARGEST_BYTES + 2L * long1.length()));
        }
        LoggedRun run = logs.find(log.id());
        assertThat(run.arguments()).containsExactly("ingest", "--watch", "landing");
        assertThat(run.status()).isEqualTo(LoggedRun.Status.OK);
        assertThat(Touched.of(logs.lines(run)).commits()).contains("c39").doesNotContain("c0");
    }

    @Test
    void doesWithoutALogThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        RunLogs logs = new RunLogs(file.resolve("logs"), 10);
        assertThat(logs.begin("build", List.of("build"), clock, warnings::add)).isEmpty();
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.level()).isEqualTo(LogLevel.WARNING);
            assertThat(warning.message()).startsWith("Cannot keep this command's log in ");
        });
    }

    @Test
    void asksWhetherAnotherRunIsMeant() {
        RunLogs logs = new RunLogs(folder, 10);
        begin(logs, "build", "build").ended(0);
        assertThatThrownBy(() -> logs.find("20260126020500001-build"))
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(LogErrorCode.UNKNOWN_RUN))
                .hasMessageContaining("did you mean '20260126020500000-build'?");
    }

    @Test
    void writesWhatItReads() {
        LogEvent event = LogEvent.warning("a \"quoted\"\nüber \u0001 text")
                .with(Field.ARGUMENTS, List.of("--set", "a=b"))
                .with(Field.ROWS_NEW, 3L)
                .with(Field.SECONDS, 0.5)
                .with(Field.UTILITY, "");
        LogLine line = new LogLine(Instant.parse("2026-01-26T02:05:00.123Z"), "id", event);
        assertThat(line.json().getBytes(StandardCharsets.UTF_8)).doesNotContain((byte) '\n');
        assertThat(LogLine.parse(line.json())).hasValueSatisfying(read -> {
            assertThat(read.time()).isEqualTo(line.time());
            assertThat(read.runId()).isEqualTo("id");
            assertThat(read.event().message()).isEqualTo(event.message());
            assertThat(read.event().level()).isEqualTo(LogLevel.WARNING);
            assertThat(read.event().fields()).containsOnlyKeys(Field.ARGUMENTS, Field.ROWS_NEW, Field.SECONDS);
            assertThat(read.event().text(Field.ROWS_NEW)).contains("3");
        });
        assertThat(LogLine.parse("{\"time\":\"now\"}")).isEmpty();
    }
}
