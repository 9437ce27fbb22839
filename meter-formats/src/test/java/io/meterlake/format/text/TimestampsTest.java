package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterlake.format.text.LocalClock.Occurrence;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    private static boolean read(Timestamps timestamps, String text) {
        byte[] bytes = ("1" + text + "9").getBytes(US_ASCII);
        return timestamps.read(bytes, 1, bytes.length - 1);
    }

    @Test
    void agreesWithJavaTimeOnAnyInstantAndOffset() {
        IsoTimestamps timestamps = new IsoTimestamps();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            long micros = random.nextLong(-2_000_000_000_000_000L, 4_000_000_000_000_000L)
                    / (random.nextBoolean() ? 1 : 1_000_000);
            Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(offset));
            assertThat(read(timestamps, text)).as(text).isTrue();
            assertThat(timestamps.isLocal()).isFalse();
            assertThat(timestamps.micros()).as(text).isEqualTo(micros);
            assertThat(read(timestamps, text)).as("again").isTrue();
            assertThat(timestamps.micros()).as("again").isEqualTo(micros);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567Z",
                "2026-01-01T00:00:00+1",
                "2026-01-01T00:00:00ZZ",
                "2026/01/01T00:00:00Z",
                "26-01-01T00:00:00Z",
                "20260101T000000Z",
                "2026-01-01T00:00:00 Z",
                ""
            })
    void refusesWhatIsNoTime(String text) {
        IsoTimestamps timestamps = new IsoTimestamps();
        assertThat(read(timestamps, "2026-01-01T00:00:00Z")).isTrue();
        assertThat(read(timestamps, text)).isFalse();
        assertThat(read(timestamps, text)).as("from memory").isFalse();
    }

    @Test
    void tellsLocalTimes() {
        IsoTimestamps timestamps = new IsoTimestamps();
        assertThat(read(timestamps, "2026-03-29 01:30")).isTrue();
        assertThat(timestamps.isLocal()).isTrue();
        assertThat(timestamps.micros())
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z").getEpochSecond() * 1_000_000);
    }

    @Test
    void readsPatternsStrictly() {
        PatternTimestamps timestamps = new PatternTimestamps("dd/MM/yyyy HH:mm");
        assertThat(read(timestamps, "29/03/2026 01:30")).isTrue();
        assertThat(timestamps.isLocal()).isTrue();
        assertThat(timestamps.micros())
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z").getEpochSecond() * 1_000_000);
        assertThat(read(timestamps, "31/02/2026 01:30")).isFalse();
        assertThat(read(timestamps, "29/03/2026")).isFalse();
        assertThat(timestamps.example()).isEqualTo("29/03/2026 17:30");
    }

    @Test
    void readsAnOffsetInAPattern() {
        PatternTimestamps timestamps = new PatternTimestamps("d MMM yyyy, HH:mm:ss XXX");
        assertThat(read(timestamps, "9 Mar 2026, 01:30:05 +01:00")).isTrue();
        assertThat(timestamps.isLocal()).isFalse();
        assertThat(timestamps.micros())
                .isEqualTo(Instant.parse("2026-03-09T00:30:05Z").getEpochSecond() * 1_000_000);
    }

    @Test
    void refusesAPatternThatGivesNoTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PatternTimestamps("dd/MM/yyyy"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PatternTimestamps("dd/bb/yyyy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Dublin", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Australia/Brisbane", "+05:30"})
    void knowsTheClocksOfAZone(String name) {
        ZoneId zone = ZoneId.of(name);
        LocalClock clock = new LocalClock(zone);
        Random random = new Random(11);
        LocalDateTime base = LocalDateTime.of(2009, 1, 1, 0, 0);
        for (int i = 0; i < 50_000; i++) {
            LocalDateTime local = base.plusMinutes(15L * random.nextInt(20 * 366 * 96));
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
            long micros = local.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
            Occurrence occurrence = clock.at(micros);
            assertThat(occurrence).as("%s", local).isEqualTo(occurrence(offsets.size()));
            if (occurrence != Occurrence.NEVER) {
                assertThat(clock.earlier()).as("%s", local).isEqualTo(local.toEpochSecond(offsets.get(0)) * 1_000_000);
                assertThat(clock.later())
                        .as("%s", local)
                        .isEqualTo(local.toEpochSecond(offsets.get(offsets.size() - 1)) * 1_000_000);
            }
        }
    }

    private static Occurrence occurrence(int offsets) {
        return switch (offsets) {
            case 0 -> Occurrence.NEVER;
            case 1 -> Occurrence.ONCE;
            default -> Occurrence.TWICE;
        };
    }
}
