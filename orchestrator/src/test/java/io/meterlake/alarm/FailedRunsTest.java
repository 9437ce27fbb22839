package io.meterlake.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.log.LoggedRun;
import io.meterlake.log.RetriedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which runs are incidents, and when two are the same. */
class FailedRunsTest {
    private static final Instant NOW = Instant.parse("2026-01-28T08:00:00Z");

    private static LoggedRun run(int hoursAgo, @Nullable Integer exitCode, String command, String... arguments) {
        Instant started = NOW.minus(Duration.ofHours(hoursAgo));
        LoggedRun.Status status = exitCode == null
                ? LoggedRun.Status.CUT_OFF
                : exitCode == 0 ? LoggedRun.Status.OK : LoggedRun.Status.FAILED;
        return new LoggedRun(
                hoursAgo + "-" + command,
                command,
                List.of(arguments),
                started,
                exitCode == null ? null : started.plusSeconds(60),
                status,
                exitCode,
                status == LoggedRun.Status.FAILED
                        ? new LoggedRun.Failure("STACK_DOWN", "Cannot reach Trino", "Start it.")
                        : null,
                null);
    }

    /** A retry of another run. */
    private static LoggedRun retry(int hoursAgo, int exitCode, LoggedRun of) {
        LoggedRun run = run(hoursAgo, exitCode, "retry", "retry");
        return new LoggedRun(
                run.id(),
                run.command(),
                run.arguments(),
                run.started(),
                run.ended(),
                run.status(),
                run.exitCode(),
                run.error(),
                new RetriedRun(of.id(), of.command(), of.arguments()));
    }

    private static List<Incident> among(LoggedRun... newestFirst) {
        return FailedRuns.among(List.of(newestFirst), NOW, Duration.ofHours(24));
    }

    @Test
    void tellWhatFailedWhyAndHowToLookFurther() {
        assertThat(among(run(1, 1, "build", "build", "--output", "json")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.alarm()).isEqualTo(Alarm.FAILED_RUN);
                    assertThat(one.text()).isEqualTo("meterlake build --output json ended with 1\nCannot reach Trino");
                    assertThat(one.fix()).isEqualTo("Start it. `./meterlake runs show 1-build` tells more.");
                });
        assertThat(among(run(1, null, "build", "build")))
                .singleElement()
                .satisfies(one -> assertThat(one.text()).contains("was cut off"));
    }

    @Test
    void areOneForACommandWhoseServerIsDownAndOneForEachRefusedFile() {
        assertThat(among(run(1, 1, "ingest", "ingest", "a.csv"), run(2, 1, "ingest", "ingest", "b.csv")))
                .hasSize(1);
        assertThat(among(run(1, 3, "ingest", "ingest", "a.csv"), run(2, 3, "ingest", "ingest", "b.csv")))
                .extracting(Incident::subject)
                .containsExactly("ingest b.csv", "ingest a.csv");
    }

    @Test
    void areMendedByALaterRunOfTheSame() {
        assertThat(among(run(1, 0, "ingest", "ingest", "b.csv"), run(2, 1, "ingest", "ingest", "a.csv")))
                .isEmpty();
        assertThat(among(run(1, 0, "ingest", "ingest", "b.csv"), run(2, 3, "ingest", "ingest", "a.csv")))
                .as("another file mends no rejected one")
                .hasSize(1);
        assertThat(among(run(1, 0, "ingest", "ingest", "a.csv"), run(2, 3, "ingest", "ingest", "a.csv")))
                .isEmpty();
        assertThat(among(run(25, 1, "build", "build"))).isEmpty();
    }

    @Test
    void areOverWhenARunEndsWellThatBeganLater() {
        Incident incident = FailedRuns.of(run(2, 1, "build", "build")).getFirst();
        OpenIncident open = new OpenIncident(incident, NOW.minus(Duration.ofHours(1)), true);
        assertThat(FailedRuns.endedBy(run(0, 0, "build", "build", "--select", "x"), open))
                .isTrue();
        assertThat(FailedRuns.endedBy(run(3, 0, "build", "build"), open)).isFalse();
        assertThat(FailedRuns.endedBy(run(0, 0, "seed", "seed"), open)).isFalse();
    }

    @Test
    void areMendedByARetryThatGoesOnWithThem() {
        LoggedRun refused = run(2, 3, "build", "build", "--output", "json");
        assertThat(among(retry(1, 0, refused), refused)).isEmpty();
        assertThat(among(retry(1, 0, run(3, 3, "build", "build", "--select", "x")), refused))
                .as("a retry of another build")
                .hasSize(1);
        OpenIncident open = new OpenIncident(FailedRuns.of(refused).getFirst(), NOW.minus(Duration.ofHours(2)), true);
        assertThat(FailedRuns.endedBy(retry(1, 0, refused), open)).isTrue();
        assertThat(FailedRuns.endedBy(run(1, 0, "retry", "retry"), open))
                .as("a retry that found nothing to do")
                .isFalse();
    }

    @Test
    void areOneWithARetryThatFailsAsWell() {
        LoggedRun down = run(3, 1, "build", "build");
        assertThat(among(retry(2, 1, down), down)).extracting(Incident::subject).containsExactly("build");
        assertThat(among(run(1, 0, "build", "build"), retry(2, 1, down), down))
                .as("mended by a build as well as by a retry")
                .isEmpty();
    }

    @Test
    void ofProofsThatFindAChangeAreABrokenLineage() {
        assertThat(among(run(1, 3, "lineage-verify", "lineage", "verify")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.alarm()).isEqualTo(Alarm.BROKEN_LINEAGE);
                    assertThat(one.subject()).isEqualTo(FailedRuns.LINEAGE);
                });
        assertThat(among(run(1, 1, "lineage-verify", "lineage", "verify")))
                .extracting(Incident::alarm)
                .containsExactly(Alarm.FAILED_RUN);
        assertThat(among(run(1, 6, "report-verify", "report", "verify", "x")))
                .extracting(Incident::alarm)
                .containsExactly(Alarm.BROKEN_LINEAGE);
    }

    @Test
    void areNoneWhereTheReaderWentAway() {
        assertThat(among(run(2, 141, "report-list", "report", "list"))).isEmpty();
    }
}
