package io.meterlake.writer.upsert;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Readings as no utility would send them, but could: unsorted, several for an interval, without a value, a code, a unit
 * or a time of recording, several series for a channel. Seeded.
 */
public final class ReadingGenerator {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final long QUARTER_HOUR = 900_000_000L;

    private final Random random;
    private final int meters;
    private final int days;

    /** @param days over how many days the readings go, from 2026-03-01 on */
    public ReadingGenerator(long seed, int meters, int days) {
        this.random = new Random(seed);
        this.meters = meters;
        this.days = days;
    }

    /** A reading of a file. */
    public record Generated(Series series, long start, long value, Grade grade, long recordedAt) {}

    /** The readings of a file. */
    public List<Generated> file(int readings) {
        long midnight = Instant.parse("2026-02-28T23:00:00Z").getEpochSecond() * 1_000_000;
        List<Generated> file = new ArrayList<>();
        while (file.size() < readings) {
            int intervals = 1 + random.nextInt(Math.min(96 * days, 200));
            Series series = series();
            long from = midnight + random.nextInt(96 * days) * QUARTER_HOUR;
            long recorded = random.nextInt(5) == 0 ? ReadingSink.NO_TIME : midnight + random.nextInt(4) * QUARTER_HOUR;
            for (int i = 0; i < intervals; i++) {
                long start = from + i * QUARTER_HOUR;
                if (start < midnight + 96L * days * QUARTER_HOUR) {
                    file.add(new Generated(series, start, value(), grade(), recorded));
                }
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(file, random);
        }
        return file;
    }

    private Series series() {
        // Ids of which one begins with another one, so that the order of the keys' texts is not that of the rows.
        String meter = "M" + random.nextInt(meters);
        String channel = List.of("E1", "1-1:1.29.0", "E1,x").get(random.nextInt(3));
        return new Series(meter, channel, random.nextInt(4) == 0 ? "" : "kWh", random.nextInt(9) == 0 ? 30 : 15, ZONE);
    }

    private long value() {
        return switch (random.nextInt(8)) {
            case 0 -> ReadingSink.NO_VALUE;
            case 1 -> random.nextLong(-999_999_999_999_999_999L, 1_000_000_000_000_000_000L);
            default -> random.nextInt(50) * 1_000L;
        };
    }

    private Grade grade() {
        List<String> labels = Quality.labels();
        Quality quality = Quality.of(labels.get(random.nextInt(labels.size()))).orElseThrow();
        return new Grade(quality, random.nextBoolean() ? "" : "S" + random.nextInt(3));
    }

    /** Pushes readings into a sink. */
    public static void push(List<Generated> readings, ReadingSink sink) {
        long line = 1;
        for (Generated reading : readings) {
            sink.reading(
                    sink.series(reading.series()),
                    reading.start(),
                    reading.value(),
                    sink.grade(reading.grade()),
                    reading.recordedAt(),
                    line++);
        }
    }
}
