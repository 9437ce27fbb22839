package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Four days of May of a meter in hours, with one of each thing that is implausible; and meters in Berlin, whose ids begin
 * with CAL, around the days of 23 and of 25 hours, some of which a calendar expects to send more than they do.
 */
final class VeeLake {
    private static final Instant FIRST = Instant.parse("2026-05-01T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String HEADER = "meter,start,minutes,value\n";

    /** By the day of March: the hours that CAL-OBSERVED does not send. */
    private static final Map<Integer, List<Integer>> GAPS = Map.of(24, List.of(10, 11), 25, List.of(8, 9, 10));

    private VeeLake() {}

    /** Takes the files in and builds what is found in them. */
    static void build(Path folder) throws IOException {
        ingest(folder, "hills", "UTC", implausible());
        ingest(folder, "berlin", BERLIN.getId(), incomplete());
        Path project = copy(Path.of("../sql-models"), folder.resolve("sql-models"));
        Files.writeString(project.resolve("seeds/meter_channels.csv"), """
                meter_id,channel,interval_minutes,valid_from,valid_to,time_zone
                CAL-DECLARED,import,60,2026-03-27,2026-03-31,Europe/Berlin
                CAL-NEVER,import,15,2026-03-28,2026-03-30,Europe/Berlin
                CAL-LENGTH,import,15,2026-03-29,2026-03-30,Europe/Berlin
                CAL-OVERLAP,import,60,2026-03-28,2026-03-29,Europe/Berlin
                """);
        // The overlap is a failed test of the project; the others read a model that is not built here.
        CommandRun built = CommandRun.onStack(
                folder,
                "build",
                "--select",
                "+fct_vee_findings",
                "+fct_meter_completeness",
                "+fct_readings_with_estimates",
                "--exclude",
                "assert_intervals_do_not_overlap",
                "assert_daily_energy_equals_readings",
                "--set",
                "models.path=" + project);
        assertThat(built.status()).as(built.err()).isZero();
    }

    private static String implausible() {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int hour = 0; hour < 96; hour++) {
            Instant start = FIRST.plus(Duration.ofHours(hour));
            boolean isGap = hour == 27 || hour == 28;
            if (!isGap) {
                csv.append("VEE-1,%s,60,%s%n".formatted(start, value(hour)));
            }
        }
        csv.append("VEE-1,2026-05-01T00:00:00Z,60,").append(value(0)).append('\n');
        csv.append("VEE-2,2026-05-01T00:00:00Z,60,1\nVEE-2,2026-05-01T00:30:00Z,30,1\n");
        csv.append("51238000015,2026-05-01T00:00:00Z,60,43.600001\n51238000015,2026-05-01T01:00:00Z,60,43.6\n");
        return csv.append("VEE-2,2026-05-01T01:00:00Z,60,500\n").toString();
    }

    private static String value(int hour) {
        return switch (hour) {
            case 84 -> "9";
            case 85 -> "-0.5";
            // All of the third day.
            default -> hour / 24 == 2 ? "1.05" : "1." + hour % 3;
        };
    }

    private static String incomplete() {
        StringBuilder csv = new StringBuilder(HEADER);
        for (LocalDate day : days("2026-03-27", "2026-04-01")) {
            csv.append("CAL-DAILY,%s,1440,24.%d%n".formatted(midnight(day), day.getDayOfMonth()));
        }
        for (LocalDate day : days("2026-10-24", "2026-10-28")) {
            csv.append("CAL-DAILY,%s,1440,24.%d%n".formatted(midnight(day), day.getDayOfMonth()));
        }
        hours(csv, "CAL-DECLARED", "2026-03-28", List.of(10, 11, 12));
        hours(csv, "CAL-DECLARED", "2026-03-29", List.of());
        csv.append("CAL-LENGTH,2026-03-29T10:00:00Z,60,4\n");
        hours(csv, "CAL-OVERLAP", "2026-03-28", List.of(10, 11));
        // Sixty minutes of each hour, of which the first leaves a quarter open.
        csv.append("CAL-OVERLAP,2026-03-28T09:00:00Z,30,1\nCAL-OVERLAP,2026-03-28T09:15:00Z,15,1\n");
        csv.append("CAL-OVERLAP,2026-03-28T09:30:00Z,15,1\n");
        csv.append("CAL-OVERLAP,2026-03-28T10:00:00Z,30,1\nCAL-OVERLAP,2026-03-28T10:30:00Z,30,1\n");
        for (LocalDate day : days("2026-03-02", "2026-03-31")) {
            if (day.getDayOfMonth() != 29) {
                hours(csv, "CAL-OBSERVED", day.toString(), GAPS.getOrDefault(day.getDayOfMonth(), List.of()));
            }
        }
        return csv.toString();
    }

    private static List<LocalDate> days(String first, String end) {
        return LocalDate.parse(first).datesUntil(LocalDate.parse(end)).toList();
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BERLIN).toInstant();
    }

    /** All hours of a day, but those that count so from its midnight; each as much as the clock shows, and a day's digit. */
    private static void hours(StringBuilder csv, String meter, String day, List<Integer> without) {
        LocalDate date = LocalDate.parse(day);
        int hour = 0;
        for (Instant at = midnight(date); at.isBefore(midnight(date.plusDays(1))); at = at.plus(Duration.ofHours(1))) {
            if (!without.contains(hour)) {
                csv.append("%s,%s,60,%d.%02d%n"
                        .formatted(meter, at, at.atZone(BERLIN).getHour(), date.getDayOfMonth()));
            }
            hour++;
        }
    }

    private static void ingest(Path folder, String utility, String zone, String csv) throws IOException {
        Files.writeString(folder.resolve(utility + ".yml"), """
                utility: %s
                time_zone: %s
                columns:
                  meter_id: meter
                  channel: constant:import
                  interval_start: start
                  interval_minutes: minutes
                  value: value
                  unit: constant:kWh
                  quality: constant:actual
                  recorded_at: start
                """.formatted(utility, zone));
        Files.writeString(folder.resolve(utility + ".csv"), csv);
        CommandRun run = CommandRun.onStackAt(
                Instant.parse("2026-11-06T06:00:00Z"),
                folder,
                "ingest",
                utility + ".csv",
                "--mapping",
                utility + ".yml");
        assertThat(run.status()).as(run.err()).isZero();
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            paths.filter(path -> !path.startsWith(from.resolve("target"))).forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return to;
    }
}
