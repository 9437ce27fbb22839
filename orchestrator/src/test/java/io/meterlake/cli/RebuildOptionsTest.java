package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.compile.Days;
import io.meterlake.error.MeterlakeException;
import io.meterlake.run.Rebuild;
import io.meterlake.run.RunPurpose;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RebuildOptionsTest {
    private static Rebuild rebuild(String... arguments) {
        return CommandLine.populateCommand(new RebuildOptions(), arguments).rebuild();
    }

    @Test
    void meanWhatIsWritten() {
        assertThat(rebuild()).isEqualTo(Rebuild.CHANGED);
        assertThat(rebuild("-f")).isEqualTo(new Rebuild(true, Days.ALL));
        assertThat(rebuild("--full-refresh")).isEqualTo(new Rebuild(true, Days.ALL));
        assertThat(rebuild("--event-time-start", "2026-01-30", "--event-time-end", "2026-02-01")
                        .days()
                        .each())
                .containsExactly(LocalDate.parse("2026-01-30"), LocalDate.parse("2026-01-31"));
    }

    @Test
    void areRefusedWhereTheyDoNotGoTogether() {
        assertRefused("is missing", "--event-time-start", "2026-01-30");
        assertRefused("'January' is not a day", "--event-time-start", "January", "--event-time-end", "2026-02-01");
        assertRefused(
                "2026-02-01 is not before 2026-02-01",
                "--event-time-start",
                "2026-02-01",
                "--event-time-end",
                "2026-02-01");
        assertRefused(
                "--full-refresh builds all days",
                "-f",
                "--event-time-start",
                "2026-01-30",
                "--event-time-end",
                "2026-02-01");
    }

    private static void assertRefused(String message, String... arguments) {
        assertThatThrownBy(() -> rebuild(arguments))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("Cannot tell the days to build: ")
                .hasMessageContaining(message);
    }

    @Test
    void areTheSameForARetry() {
        assertThat(RebuildOptions.again(new RunPurpose.Remade(true, null, null)).rebuild())
                .isEqualTo(rebuild("-f"));
        assertThat(RebuildOptions.again(new RunPurpose.Remade(false, "2026-01-30", "2026-02-01"))
                        .rebuild())
                .isEqualTo(rebuild("--event-time-start", "2026-01-30", "--event-time-end", "2026-02-01"));
        assertThat(RebuildOptions.again(null).rebuild())
                .as("a journal of before there were any")
                .isEqualTo(Rebuild.CHANGED);
    }
}
