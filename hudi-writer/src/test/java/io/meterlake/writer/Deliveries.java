package io.meterlake.writer;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Files as a careless utility sends them: few meters and few days, so that they correct each other all the time. The
 * days are those on which clocks change, in zones that change them by an hour, by half of one, and not at all.
 */
final class Deliveries {
    private record Place(String zone, String firstDay) {}

    private static final List<Place> PLACES = List.of(
            new Place("Europe/Berlin", "2026-03-28"),
            new Place("Europe/Berlin", "2026-10-24"),
            new Place("America/St_Johns", "2026-10-31"),
            new Place("Australia/Lord_Howe", "2026-04-04"),
            new Place("Australia/Brisbane", "2026-04-04"),
            new Place("Asia/Kathmandu", "2026-03-28"));
    private static final int DAYS = 2;
    private static final List<String> CHANNELS = List.of("E1", "1-1:1.29.0", "B,1");

    private final Random random;
    private int recorded;

    Deliveries(long seed) {
        this.random = new Random(seed);
    }

    /** Readings whose times of recording differ, or are absent, or are the same for one interval now and then. */
    List<Line> next(int size) {
        List<Line> lines = new ArrayList<>();
        while (lines.size() < size) {
            Line line = any();
            int kind = random.nextInt(20);
            if (kind == 0) {
                lines.add(line.recordedAt(null));
            } else if (kind == 1 && !lines.isEmpty()) {
                // An interval twice in a file.
                Line again = lines.get(random.nextInt(lines.size()));
                lines.add(again.value(value()).recordedAt(random.nextBoolean() ? again.recordedAt() : time()));
            } else {
                lines.add(line.recordedAt(time()));
            }
        }
        return lines;
    }

    /** Readings of which no two have the same time of recording. */
    List<Line> nextOfDistinctTimes(int size) {
        List<Line> lines = new ArrayList<>();
        while (lines.size() < size) {
            lines.add(any().recordedAt(at(recorded++)));
        }
        return lines;
    }

    /** A number from 0 to less than the bound. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    private Line any() {
        int meter = random.nextInt(PLACES.size() * 2);
        Place place = PLACES.get(meter % PLACES.size());
        Line line = Line.of("meter-" + meter, start(place).toString(), value(), "")
                .zone(place.zone())
                .channel(CHANNELS.get(random.nextInt(CHANNELS.size())));
        return switch (random.nextInt(8)) {
            case 0 -> line.value(null).graded("missing", "M");
            case 1 -> line.value(null).graded("withdrawn", "");
            case 2 -> line.graded("estimated", "E53");
            case 3 -> line.graded("substituted", "");
            default -> line;
        };
    }

    /** Half-hours, more of them about the days' ends. */
    private Instant start(Place place) {
        ZoneId zone = ZoneId.of(place.zone());
        LocalDate first = LocalDate.parse(place.firstDay());
        Instant from = first.atStartOfDay(zone).toInstant();
        if (random.nextInt(3) == 0) {
            LocalDate day = first.plusDays(random.nextInt(DAYS + 1));
            return day.atStartOfDay(zone).toInstant().plus(Duration.ofMinutes(30L * (random.nextInt(4) - 2)));
        }
        long halfHours =
                Duration.between(from, first.plusDays(DAYS).atStartOfDay(zone).toInstant())
                                .toMinutes()
                        / 30;
        return from.plus(Duration.ofMinutes(30 * random.nextLong(halfHours)));
    }

    private String value() {
        return BigDecimal.valueOf(random.nextLong(-1_000_000, 100_000_000), random.nextInt(7))
                .toPlainString();
    }

    private String time() {
        return at(random.nextInt(40));
    }

    private static String at(int number) {
        return Instant.parse("2026-11-05T00:00:00Z").plusSeconds(number).toString();
    }
}
