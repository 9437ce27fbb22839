package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    private static final String START = "2026-03-01T10:00:00Z";
    private static final String MORNING = "2026-03-02T08:00:00Z";
    private static final String NOON = "2026-03-02T12:00:00Z";

    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void keepsEveryColumnOfAReading() {
        IngestOutcome outcome = lake.ingest("a.txt", Line.of("m1", START, "1.5", MORNING));

        assertThat(outcome.status()).isEqualTo(IngestOutcome.Status.INGESTED);
        assertThat(outcome.rowsNew()).isEqualTo(1);
        assertThat(outcome.filesWritten()).isEqualTo(1);
        assertThat(outcome.days()).containsExactly(LocalDate.parse("2026-03-01"));
        assertThat(lake.readings())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("meter_id", "m1")
                        .containsEntry("channel", "E1")
                        .containsEntry("interval_start", Instant.parse(START))
                        .containsEntry("interval_start_us", Instant.parse(START).getEpochSecond() * 1_000_000)
                        .containsEntry("interval_minutes", 15)
                        .containsEntry("value", new BigDecimal("1.500000"))
                        .containsEntry("unit", "kWh")
                        .containsEntry("quality", "actual")
                        .containsEntry("quality_code", "A")
                        .containsEntry("recorded_at", Instant.parse(MORNING))
                        .containsEntry("time_zone", "Europe/Berlin")
                        .containsEntry("utility", "acme")
                        .containsEntry("source_file", "a.txt")
                        .containsEntry("file_checksum", outcome.checksum())
                        .containsEntry("reading_date", LocalDate.parse("2026-03-01")));
    }
}
