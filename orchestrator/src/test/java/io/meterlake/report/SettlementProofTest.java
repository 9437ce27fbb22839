package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.error.ExitCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settlement of {@code sql-models}: signed, corrected again and again, cleaned, rebuilt and explained. */
class SettlementProofTest {
    private static final int CORRECTIONS = 30;
    private static final String INITIAL = "settlement-2026-01-initial-001";
    private static final String FINAL = "settlement-2026-01-final-001";

    @Test
    void rebuildsAndExplainsTheSettlementAfterManyCorrections(@TempDir Path folder) {
        try (ReportLake reports = ReportLake.withSqlModels(folder, 0)) {
            reports.ingest(
                    "first.csv",
                    "2026-01-27T00:00:00Z",
                    "M1 2026-01-25T10:00:00Z 1.5 actual",
                    "M1 2026-01-25T10:30:00Z 1 actual",
                    "M2 2026-01-25T10:00:00Z 2.333333 estimated",
                    "M2 2026-01-26T10:00:00Z 4 actual",
                    "M3 2026-01-26T10:00:00Z 8 actual");
            reports.loadSeeds();
            reports.report("settlement", "2026-01", "initial");
            reports.sign(INITIAL);
            for (int round = 1; round <= CORRECTIONS; round++) {
                reports.ingest(
                        "correction-" + round + ".csv",
                        "2026-02-01T00:%02d:00Z".formatted(round),
                        "M1 2026-01-25T10:00:00Z %d.000001 actual".formatted(round),
                        "M2 2026-01-26T10:00:00Z %d actual".formatted(4 + round));
            }
            reports.ingest("late.csv", "2026-02-01T12:00:00Z", "M2 2026-01-25T11:00:00Z 0.5 actual");

            Reproduction again = reports.reproduction().reproduce(INITIAL, Optional.empty());
            assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(reports.verify(INITIAL).problems()).isEmpty();
            assertThat(reports.live("value", "meter_readings", "meter_id = 'M1'"))
                    .as("the live table has the last correction")
                    .containsExactly("1.000000", CORRECTIONS + ".000001");

            reports.report("settlement", "2026-01", "final");
            ReportComparison comparison =
                    new ReportComparison(reports.files, reports.records(), reports.snapshots(), reports.trino);
            ReportDiff diff = comparison.diff(INITIAL, FINAL);
            assertThat(diff.energy().unexplainedKwh()).isEqualByComparingTo("0");
            assertThat(diff.energy().meters())
                    .extracting(EnergyDiff.MeterChange::partnerId, EnergyDiff.MeterChange::meterId)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("hill", "M1"),
                            org.assertj.core.groups.Tuple.tuple("hill", "M2"),
                            org.assertj.core.groups.Tuple.tuple("sea", "M2"));
            assertThat(diff.energy().meters().getFirst().intervals().getFirst().corrections())
                    .as("the whole way from the first value to the last")
                    .hasSize(CORRECTIONS);
            assertThat(perPartner(diff)).isEqualTo(difference(reports, INITIAL, FINAL));
            assertThat(perPartner(diff))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("hill", new BigDecimal("29.000001"), "sea", new BigDecimal("30.000000")));

            ReportImpacts impacts =
                    new ReportImpacts(reports.files, reports.records(), reports.snapshots(), reports.trino);
            ReportImpact impact = impacts.impact(Optional.empty(), Optional.empty());
            assertThat(impact.reports())
                    .singleElement()
                    .satisfies(touched -> assertThat(touched.energy()).isEqualTo(diff.energy()));
            assertThat(impacts.impact(Optional.empty(), Optional.of("late.csv"))
                            .reports()
                            .getFirst()
                            .energy()
                            .partners())
                    .singleElement()
                    .satisfies(partner -> assertThat(partner.differenceKwh()).isEqualByComparingTo("0.5"));
        }
    }

    /** As the detail has it, rounded as the report rounds. */
    private static Map<String, BigDecimal> perPartner(ReportDiff diff) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        diff.energy()
                .partners()
                .forEach(partner ->
                        sums.put(partner.partnerId(), partner.differenceKwh().setScale(6, RoundingMode.HALF_UP)));
        return sums;
    }

    /** As the reports' own lines have it. */
    private static Map<String, BigDecimal> difference(ReportLake reports, String before, String after) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (String id : List.of(before, after)) {
            for (Manifest.Total total : reports.files.find(id).orElseThrow().totals()) {
                BigDecimal sum = new BigDecimal(total.sum());
                sums.merge(
                        String.valueOf(total.group().get("partner_id")),
                        id.equals(before) ? sum.negate() : sum,
                        BigDecimal::add);
            }
        }
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }
}
