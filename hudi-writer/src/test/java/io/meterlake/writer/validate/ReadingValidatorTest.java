package io.meterlake.writer.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.writer.upsert.ChannelZones;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingValidatorTest {
    @TempDir
    private static Path spill;

    private final IncomingReadings incoming = new IncomingReadings(1, new MemoryBudget(1000, 10_000), spill);
    private final IncomingFile buffer = incoming.file(0);
    private final ReadingValidator validator = new ReadingValidator(buffer, buffer, ChannelZones.NONE);

    @AfterEach
    void close() throws IOException {
        incoming.close();
    }

    private void push(int minutes, String zone, String start) {
        int series = validator.series(new Series("M1", "E1", "kWh", minutes, ZoneId.of(zone)));
        int grade = validator.grade(new Grade(Quality.ACTUAL, ""));
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(start));
        validator.reading(series, micros, 1_000_000, grade, micros, 7);
    }

    @Test
    void refusesAnIntervalThatWouldOverlapItsNeighbours() {
        push(30, "Europe/Berlin", "2026-01-25T01:37:00Z");

        assertThat(buffer.size()).isZero();
        assertThat(buffer.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.line()).isEqualTo(7);
            assertThat(reject.field()).isEqualTo("interval_start");
            assertThat(reject.reason())
                    .isEqualTo("an interval of 30 minutes does not start at 2026-01-25T01:37:00Z, which is 02:37 in"
                            + " Europe/Berlin");
            assertThat(reject.hint()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "30, Europe/Berlin, 2026-01-25T01:30:00Z",
        "60, Asia/Kathmandu, 2026-01-25T01:15:00Z",
        "60, Asia/Kathmandu, 2026-01-25T01:00:00Z",
        "60, Australia/Lord_Howe, 2026-07-01T01:30:00Z",
        "5, Australia/Brisbane, 2026-01-25T01:35:00Z",
        "1, UTC, 2026-01-25T01:37:00Z",
        "1440, Europe/Berlin, 2026-01-24T23:00:00Z",
        "7, UTC, 2026-01-25T01:37:00Z",
    })
    void takesIntervalsOnTheGridOfUtcOrOfTheMarket(int minutes, String zone, String start) {
        push(minutes, zone, start);
        assertThat(buffer.rejects()).extracting(Reject::reason).isEmpty();
        assertThat(buffer.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "30, Europe/Berlin, 2026-01-25T01:30:00.000001Z",
        "60, Asia/Kathmandu, 2026-01-25T01:30:00Z",
        "15, Europe/Berlin, 2026-01-25T01:05:00Z",
        "1, UTC, 2026-01-25T01:37:30Z",
    })
    void refusesIntervalsBesideIt(int minutes, String zone, String start) {
        push(minutes, zone, start);
        assertThat(buffer.size()).isZero();
        assertThat(buffer.rejects()).hasSize(1);
    }
}
