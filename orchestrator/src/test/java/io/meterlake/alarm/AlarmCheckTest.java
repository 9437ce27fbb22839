package io.meterlake.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.log.LoggedRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nights without a build, and a lake that cannot be read. */
class AlarmCheckTest {
    private static final Instant BUILT = Instant.parse("2026-01-27T02:00:00Z");
    private static final LoggedRun BUILD = new LoggedRun(
            "20260127020000000-build",
            "build",
            List.of("build"),
            BUILT,
            BUILT.plusSeconds(60),
            LoggedRun.Status.OK,
            0,
            null,
            null);

    private static AlarmCheck check(Instant now, LoggedRun... runs) {
        return new AlarmCheck(Optional.empty(), List.of(runs), Deliveries.NONE, now);
    }

    @Test
    void aNightWithoutABuildIsSilent() {
        assertThat(check(BUILT.plus(AlarmCheck.DAY), BUILD).incidents()).isEmpty();
        assertThat(check(BUILT.plus(AlarmCheck.DAY).plusSeconds(1), BUILD).incidents())
                .extracting(Incident::alarm)
                .containsExactly(Alarm.SILENT);
        assertThat(check(BUILT).incidents()).as("nobody has begun to build yet").isEmpty();
    }

    @Test
    void whatOnlyTheLakeTellsIsNotOverWhileItCannotBeRead() {
        AlarmCheck check = check(BUILT, BUILD);
        assertThat(check.isOver(new OpenIncident(AlarmCheck.waiting("r"), BUILT, true)))
                .isFalse();
        assertThat(check.isOver(new OpenIncident(new Incident(Alarm.SILENT, "build", "", ""), BUILT, true)))
                .isTrue();
    }
}
