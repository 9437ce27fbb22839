package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settlement of a month reads of a lake that holds many: all of it would have to be kept for years. */
class SettlementInputsTest {
    @Test
    void readsItsMonthAndTheMonthsInWhichSilentMetersMayHaveDeliveredLast(@TempDir Path folder) throws IOException {
        try (ReportLake reports = ReportLake.withSqlModels(folder, 24)) {
            reports.ingest(
                    "readings.csv",
                    "2026-02-03T00:00:00Z",
                    "M2 2025-08-10T10:00:00Z 7 actual",
                    "M1 2025-11-10T10:00:00Z 16 actual",
                    "M3 2026-01-25T10:00:00Z 1.5 actual",
                    "M3 2026-02-02T10:00:00Z 32 actual");
            reports.loadSeeds();
            ReportOutcome january = reports.report("settlement", "2026-01", "initial");

            assertThat(january.manifest().inputs())
                    .filteredOn(input -> input.table().equals("meter_readings"))
                    .singleElement()
                    .satisfies(input -> assertThat(input.partitionsRead())
                            .containsExactly("reading_date=2025-11-10", "reading_date=2026-01-25"));
            // M1 delivered last in November, so it owes 31 days of half-hours; M2 five months ago, so nobody knows
            // what.
            assertThat(lines(january))
                    .containsExactly(
                            "hill,Hill,2026-01-01,consumption,0.000000,1,1488,0,0,0,1488",
                            "hill,Hill,2026-01-01,unknown,0.000000,1,0,0,0,0,0",
                            "sea,Sea,2026-01-01,unknown,0.000000,1,0,0,0,0,0",
                            "unassigned,No partner,2026-01-01,consumption,1.500000,1,48,1,0,0,47");

            reports.project.file("seeds/meter_channels.csv", """
                    meter_id,channel,interval_minutes,valid_from,valid_to,time_zone
                    M1,E1,15,2025-06-01,2026-01-11,Europe/Berlin
                    M1,Q1,15,2025-06-01,,Europe/Berlin
                    M2,E1,30,2026-01-26,,Europe/Berlin
                    M3,E1,15,2026-01-01,,Europe/Berlin
                    """);
            reports.loadSeeds();
            // The calendar knows: M1 owed ten days of quarters of an hour, M2 six of half-hours. Q1 is no active
            // energy.
            assertThat(lines(reports.report("settlement", "2026-01", "initial")))
                    .containsExactly(
                            "hill,Hill,2026-01-01,consumption,0.000000,1,960,0,0,0,960",
                            "sea,Sea,2026-01-01,consumption,0.000000,1,288,0,0,0,288",
                            "unassigned,No partner,2026-01-01,consumption,1.500000,1,48,1,0,0,47");
        }
    }

    /** The report's lines without its shares. */
    private static List<String> lines(ReportOutcome report) throws IOException {
        return Files.readAllLines(report.folder().resolve("settlement.csv")).stream()
                .skip(1)
                .map(line -> line.replaceFirst("(,[0-9.]*){3}$", ""))
                .toList();
    }
}
