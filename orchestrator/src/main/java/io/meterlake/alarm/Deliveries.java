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

    private static final List<String> KEYS = List.of("by", "time_zone", "files");

    /**
     * What a utility is to send.
     *
     * @param by the time of day on the next day after which its files are late
     * @param zone of the market, to which its days belong
     * @param files how many for each day
     */
    public record Expected(String utility, LocalTime by, ZoneId zone, int files) {
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

    /** What is late now. */
    public List<Incident> late(List<Delivery> ledger, Instant now) {
        List<Incident> late = new ArrayList<>();
        for (Expected one : utilities) {
            LocalDate day = one.dueDay(now);
            long there = ledger.stream().filter(file -> one.isMetBy(file, day)).count();
            if (there < one.files()) {
                ZonedDateTime due = day.plusDays(1).atTime(one.by()).atZone(one.zone());
                late.add(new Incident(
                        Alarm.LATE_FILE,
                        one.utility() + " " + day,
                        "Late: %s has sent %d of %d files for %s, due at %s"
                                .formatted(one.utility(), there, one.files(), day, due.toOffsetDateTime()),
                        "Ask the utility; when the files are there, take them in with `./meterlake ingest`."));
            }
        }
        return late;
    }

    /**
     * Reads them from YAML: under {@code utilities} for each name the time, the zone and the number of files.
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
        try {
            int files = Integer.parseInt(one.text("files").orElse("1"));
            if (files < 1) {
                throw new NumberFormatException("no number of files");
            }
            return Optional.of(new Expected(name, LocalTime.parse(by.get()), ZoneId.of(zone.get()), files));
        } catch (NumberFormatException e) {
            problems.add(one.location("files"), "files: it is not a whole number of 1 or more");
        } catch (DateTimeException e) {
            problems.add(one.location(), "utilities.%s: %s".formatted(name, e.getMessage()));
        }
        return Optional.empty();
    }
}
