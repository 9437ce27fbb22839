package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.IngestOutcome;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestTextTest {
    @Test
    void countsInWords() {
        assertThat(IngestText.lines(outcome(1, 1, 1, 857)))
                .containsExactly("a.csv: 1 changed; commit 20260125103000000, 1 file (2 kB) of 1 day written,"
                        + " 1 of them rewritten: write amplification 857 (rows written for each new or changed one)");
        assertThat(IngestText.lines(outcome(2, 0, 5, 5)))
                .containsExactly("a.csv: 5 changed; commit 20260125103000000, 2 files (2 kB) of 2 days written");
        assertThat(Counted.of(0, "problem")).isEqualTo("0 problems");
    }

    private static IngestOutcome outcome(int files, int replaced, long changed, long written) {
        LocalDate day = LocalDate.of(2026, 1, 25);
        return new IngestOutcome(
                Path.of("a.csv"),
                "checksum",
                "north",
                "csv",
                IngestOutcome.Status.INGESTED,
                "",
                "",
                100,
                changed,
                0,
                changed,
                0,
                0,
                0,
                0,
                null,
                null,
                new CompletedInstant("commit", "20260125103000000", "20260125103000500"),
                new IngestOutcome.Written(
                        1,
                        changed,
                        files == 1 ? List.of(day) : List.of(day, day.plusDays(1)),
                        files,
                        replaced,
                        written,
                        2000));
    }
}
