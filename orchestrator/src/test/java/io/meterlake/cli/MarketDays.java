package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * Three meters in Berlin in quarters of an hour, received on the morning of 1 April 2026: five days of October around the
 * day of 25 hours, and five of March around the one of 23. A day later comes the first of April, and with it all of 28 March
 * of MUC-1001 once more, as NEM12 files do it: two hours of the night are corrected, the rest is only recorded later.
 */
final class MarketDays {
    static final List<String> METERS = List.of("MUC-1001", "MUC-1002", "HAM-2001");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String HEADER = "meter,start,value,recorded\n";
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private MarketDays() {}

    /** Takes the first file in; nothing is built yet. */
    static void receive(Path folder) throws IOException {
        Files.writeString(folder.resolve("berlin.yml"), """
                utility: berlin
                time_zone: Europe/Berlin
                columns:
                  meter_id: meter
                  channel: constant:import
                  interval_start: start
                  interval_minutes: constant:15
                  value: value
                  unit: constant:kWh
                  quality: constant:actual
                  recorded_at: recorded
                """);
        StringBuilder readings = new StringBuilder(HEADER);
        days(readings, LocalDate.parse("2025-10-24"), LocalDate.parse("2025-10-29"), METERS);
        days(readings, LocalDate.parse("2026-03-27"), LocalDate.parse("2026-04-01"), METERS);
        ingest(folder, Instant.parse("2026-04-01T06:00:00Z"), "readings.csv", readings);
    }

    /** Takes the second file in. */
    static void correct(Path folder) throws IOException {
        StringBuilder readings = new StringBuilder(HEADER);
        days(readings, LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-02"), METERS);
        StringBuilder again = new StringBuilder();
        days(again, LocalDate.parse("2026-03-28"), LocalDate.parse("2026-03-29"), List.of("MUC-1001"));
        readings.append(again.toString()
                .replaceAll("(T0[12]:[0-9:]+Z),[0-9.]+,", "$1,0.6555,")
                .replace("2026-03-31T23:00:00Z", "2026-04-02T01:00:00Z"));
        ingest(folder, Instant.parse("2026-04-02T06:00:00Z"), "correction.csv", readings);
    }

    /** Publishes the models. */
    static void build(Path folder) {
        CommandRun run = CommandRun.onStack(
                folder,
                "build",
                "--set",
                "models.path=" + Path.of("../sql-models").toAbsolutePath());
        assertThat(run.status()).as(run.err()).isZero();
    }

    private static void ingest(Path folder, Instant time, String file, CharSequence text) throws IOException {
        Files.writeString(folder.resolve(file), text);
        String mapping = folder.resolve("berlin.yml").toString();
        CommandRun run = CommandRun.onStackAt(time, folder, "ingest", file, "--mapping", mapping);
        assertThat(run.status()).as(run.err()).isZero();
    }

    private static void days(StringBuilder csv, LocalDate first, LocalDate end, List<String> meters) {
        Instant last = end.atStartOfDay(BERLIN).toInstant();
        for (Instant at = first.atStartOfDay(BERLIN).toInstant(); at.isBefore(last); at = at.plus(QUARTER)) {
            for (String meter : meters) {
                csv.append("%s,%s,%s,2026-03-31T23:00:00Z%n".formatted(meter, at, value(meter, at)));
            }
        }
    }

    /** Low at night, high in the morning and the evening, and never twice the same for two meters. */
    private static BigDecimal value(String meter, Instant at) {
        int minute = at.atZone(BERLIN).toLocalTime().toSecondOfDay() / 60;
        double morning = Math.exp(-Math.pow((minute - 450) / 90.0, 2));
        double evening = Math.exp(-Math.pow((minute - 1170) / 150.0, 2));
        int scale = METERS.indexOf(meter) + 2;
        return BigDecimal.valueOf(Math.round(scale * (40 + 160 * morning + 260 * evening)) + minute / 15 % 7, 3);
    }
}
