package io.meterlake.alarm;

import io.meterlake.error.MeterlakeException;
import io.meterlake.metrics.Delivery;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import io.meterlake.project.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is to send the readings of each day, and by when on the next one. Immutable. */
public record Deliveries(List<Expected> utilities) {
    /** Nobody. */
    public static final Deliveries NONE = new Deliveries(List.of());

    private static final List<String> KEYS = List.of("by", "time_zone", "files", "meters");

    /**
     * What a utility is to send.
     *
     * @param by the time of day on the next day after which its files are late
     * @param zone of the market, to which its days belong
     * @param files how many for each day
     * @param meters of how many meters there are to be readings of the day; 0: nobody counts them
     */
    public record Expected(String utility, LocalTime by, ZoneId zone, int files, int meters) {
        /** The newest day whose files are due. */
        LocalDate dueDay(Instant now) {
            ZonedDateTime local = now.atZone(zone);
            boolean isPast = !local.toLocalTime().isBefore(by);
            return local.toLocalDate().minusDays(isPast ? 1 : 2);
        }

        /** A file that has readings of the day or of a later one. */
        boolean isMetBy(Delivery file, LocalDate day) {
            Instant last = file.lastInterval();
            return file.isIngested()
                    && file.utility().equals(utility)
                    && last != null
                    && !last.atZone(zone).toLocalDate().isBefore(day);
        }
    }

    public Deliveries {
        utilities = List.copyOf(utilities);
    }

    /** Counts the meters of a utility that have readings of a day of the market. */
    public interface Meters {
        long of(String utility, LocalDate day);
    }

    /** What is late now, by the files. */
    public List<Incident> late(List<Delivery> ledger, Instant now) {
        return late(ledger, (utility, day) -> Long.MAX_VALUE, now);
    }

    /** What is late now, by the files, and where meters are expected, by those. */
    public List<Incident> late(List<Delivery> ledger, Meters meters, Instant now) {
        List<Incident> late = new ArrayList<>();
        for (Expected one : utilities) {
            LocalDate day = one.dueDay(now);
            long there = ledger.stream().filter(file -> one.isMetBy(file, day)).count();
            if (there < one.files()) {
                late.add(late(one, day, "%d of %d files".formatted(there, one.files())));
            } else if (one.meters() > 0) {
                long counted = meters.of(one.utility(), day);
                if (counted < one.meters()) {
                    late.add(late(one, day, "readings of %d of %d meters".formatted(counted, one.meters())));
                }
            }
        }
        return late;
    }

    private static Incident late(Expected one, LocalDate day, String sent) {
        ZonedDateTime due = day.plusDays(1).atTime(one.by()).atZone(one.zone());
        return new Incident(
                Alarm.LATE_FILE,
                one.utility() + " " + day,
                "Late: %s has sent %s for %s, due at %s".formatted(one.utility(), sent, day, due.toOffsetDateTime()),
                "Ask the utility; when the files are there, take them in with `./meterlake ingest`.");
    }

    /**
     * Reads them from YAML: under {@code utilities} for each name the time, the zone and the number of files, and of
     * meters if they are to be counted.
     *
     * @return nobody if there is no such file
     * @throws MeterlakeException {@code INVALID_DELIVERIES} with all that is wrong
     */
    public static Deliveries read(Path file) {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        Problems problems = new Problems();
        List<Expected> utilities = new ArrayList<>();
        Optional<YamlMapping> root = YamlReader.read(file, String.valueOf(file.getFileName()), problems);
        root.ifPresent(all -> all.refuseUnknownKeys("the deliveries", List.of("utilities")));
        root.flatMap(all -> all.mapping("utilities")).ifPresent(all -> {
            for (String name : all.keys()) {
                all.mapping(name).flatMap(one -> expected(name, one, problems)).ifPresent(utilities::add);
            }
        });
        problems.throwIfAny(
                AlarmErrorCode.INVALID_DELIVERIES,
                "Cannot use the deliveries " + file,
                "Mend the lines above; docs/runbook.md#late-file tells what can be written.");
        return new Deliveries(utilities);
    }

    private static Optional<Expected> expected(String name, YamlMapping one, Problems problems) {
        one.refuseUnknownKeys("utilities." + name, KEYS);
        Optional<String> by = one.required("by");
        Optional<String> zone = one.required("time_zone");
        if (by.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> files = number("files", "1", one, problems);
        // 0 cannot be written: whoever expects no meters leaves it out.
        Optional<Integer> meters = one.text("meters").isEmpty() ? Optional.of(0) : number("meters", "", one, problems);
        try {
            LocalTime time = LocalTime.parse(by.get());
            ZoneId market = ZoneId.of(zone.get());
            return files.flatMap(some -> meters.map(counted -> new Expected(name, time, market, some, counted)));
        } catch (DateTimeException e) {
            problems.add(one.location(), "utilities.%s: %s".formatted(name, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String key, String otherwise, YamlMapping one, Problems problems) {
        try {
            int number = Integer.parseInt(one.text(key).orElse(otherwise));
            if (number >= 1) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Told as one that is too small.
        }
        problems.add(one.location(key), key + ": it is not a whole number of 1 or more");
        return Optional.empty();
    }
}
