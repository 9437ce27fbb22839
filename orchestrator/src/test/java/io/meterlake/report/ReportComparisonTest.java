package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.MeterChange;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two reports of a real lake with corrections between them, and signed ones that corrections touch. */
class ReportComparisonTest {
    private static final String INITIAL = "energy-2026-01-initial-001";
    private static final String FINAL = "energy-2026-01-final-001";

    @TempDir
    private Path folder;

    private ReportLake reports;

    @BeforeEach
    void deliverAndReport() {
        reports = new ReportLake(folder, 0);
        reports.ingest(
                "first.csv",
                "2026-01-26T00:00:00Z",
                "M1 2026-01-25T10:00:00Z 1.5 actual",
                "M1 2026-01-25T10:30:00Z 1 actual",
                "M2 2026-01-25T10:00:00Z 2 missing",
                "M2 2026-01-25T10:30:00Z 2 actual",
                "M3 2026-01-26T10:00:00Z 4 actual",
                "M3 2026-01-26T10:30:00Z 4 actual",
                "M3 2026-01-27T10:00:00Z 9 actual",
                "M1 2026-02-10T10:00:00Z 70 actual");
        reports.loadSeeds();
        reports.report("energy", "2026-01", "initial");
        reports.sign(INITIAL);
    }

    @AfterEach
    void closeLake() {
        reports.close();
    }

    @Test
    void explainsEveryDifferenceByTheFilesThatMadeIt() {
        reports.ingest(
                "second.csv",
                "2026-02-02T00:00:00Z",
                "M1 2026-01-25T10:00:00Z 2 actual",
                "M1 2026-01-25T11:00:00Z 0.25 estimated",
                "M2 2026-01-25T10:00:00Z 3 actual",
                "M3 2026-01-26T10:00:00Z 5 actual",
                "M3 2026-01-26T10:30:00Z 3 actual",
                "M1 2026-02-10T10:00:00Z 71 actual");
        reports.ingest(
                "third.csv",
                "2026-02-03T00:00:00Z",
                "M1 2026-01-25T10:00:00Z 2.000001 actual",
                "M1 2026-01-25T11:00:00Z 0.5 actual",
                "M2 2026-01-25T10:30:00Z 2 withdrawn");
        reports.report("energy", "2026-01", "final");

        ReportDiff diff = comparison().diff(INITIAL, FINAL);
        assertThat(diff.notes()).isEmpty();
        assertThat(diff.energy().unexplainedKwh()).isEqualByComparingTo("0");
        assertThat(diff.energy().partners())
                .extracting(partner -> partner.partnerId() + " " + number(partner.differenceKwh()))
                .containsExactly("hill 2.000001", "sea 0");
        assertThat(diff.energy().meters())
                .extracting(ReportComparisonTest::text)
                .containsExactly(
                        "hill M1 2.5 -> 3.500001, explained 1.000001",
                        "hill M2 2 -> 3, explained 1",
                        "sea M3 17 -> 17, explained 0");
        assertThat(intervals(diff))
                .containsExactly(
                        "M1 2026-01-25T10:00:00Z CORRECTED 0.500001: 1.5>2 second.csv, 2>2.000001 third.csv",
                        "M1 2026-01-25T11:00:00Z NEW 0.5: 0.25>0.5 third.csv",
                        "M2 2026-01-25T10:00:00Z FILLED 3: 2>3 second.csv",
                        "M2 2026-01-25T10:30:00Z WITHDRAWN -2: 2>2 third.csv",
                        "M3 2026-01-26T10:00:00Z CORRECTED 1: 4>5 second.csv",
                        "M3 2026-01-26T10:30:00Z CORRECTED -1: 4>3 second.csv");
        IntervalChange filled = diff.energy().meters().get(1).intervals().getFirst();
        assertThat(filled.source().file()).isEqualTo("second.csv");
        assertThat(filled.source().recordedAt()).isEqualTo("2026-02-02T00:00:00Z");
        assertThat(filled.source().receivedAt()).startsWith("2026-02-01T03:");

        assertThat(comparison().diff(FINAL, INITIAL).energy())
                .as("in whatever order")
                .isEqualTo(diff.energy());
        assertThat(sums(INITIAL, FINAL)).isEqualTo(Map.of("hill", "2.000001", "sea", "0"));
    }

    @Test
    void saysThatAContractAndNoReadingMovedTheEnergy() {
        reports.project.file("seeds/contracts.csv", "meter_id,partner_id\nM1,hill\nM2,sea\nM3,sea\n");
        reports.loadSeeds();
        reports.ingest("second.csv", "2026-02-02T00:00:00Z", "M2 2026-01-25T10:30:00Z 2.5 actual");
        reports.report("energy", "2026-01", "final");
        ReportDiff diff = comparison().diff(INITIAL, FINAL);
        assertThat(diff.causes()).containsExactly("the seed contracts was changed");
        assertThat(diff.energy().meters())
                .extracting(meter -> text(meter) + ", rest " + number(meter.unexplainedKwh()))
                .containsExactly("hill M2 2 -> 0, explained 0, rest -2", "sea M2 0 -> 2.5, explained 0.5, rest 2");
    }

    @Test
    void comparesSnapshotsWithoutTheCorrectionsAndSaysWhatItDoesNotKnow() {
        String before = reportOfReadings("dispute");
        reports.ingest("second.csv", "2026-02-02T00:00:00Z", "M1 2026-01-25T10:00:00Z 2 actual");
        String after = reportOfReadings("second-correction");
        ReportDiff diff = comparison().diff(before, after);
        assertThat(diff.energy().unexplainedKwh()).isEqualByComparingTo("0");
        assertThat(intervals(diff)).containsExactly("M1 2026-01-25T10:00:00Z CORRECTED 0.5: ");
        assertThat(diff.notes())
                .containsExactly("of 1 of the intervals reading_changes does not tell how the value came to be");
        assertThat(comparison()
                        .diff(
                                before,
                                reports.report("energy", "2026-01", "final")
                                        .manifest()
                                        .reportId())
                        .notes())
                .as("the later snapshot has them")
                .isEmpty();
    }

    /** A report on a snapshot of meter_readings alone. */
    private String reportOfReadings(String runType) {
        String snapshot = reports.snapshots()
                .create(new SnapshotRequest("test", List.of("meter_readings"), Optional.empty()))
                .id();
        return reports.runner(reports.records())
                .run(
                        new ReportRequest("energy", Period.parse("2026-01"), runType, Optional.of(snapshot)),
                        new ReportListener() {})
                .manifest()
                .reportId();
    }

    @Test
    void refusesReportsThatHaveNothingInCommon() {
        reports.report("energy", "2026-02", "initial");
        assertThatThrownBy(() -> comparison().diff(INITIAL, "energy-2026-02-initial-001"))
                .hasMessageEndingWith("they have no day in common");
        assertThatThrownBy(() -> comparison().diff(INITIAL, "energy-2026-01-initial-002"))
                .hasMessageContaining("did you mean 'energy-2026-01-initial-001'?");
    }

    @Test
    void namesTheFilesWithoutWhichItCannotCompare() throws IOException {
        reports.ingest("second.csv", "2026-02-02T00:00:00Z", "M1 2026-01-25T10:00:00Z 2 actual");
        reports.report("energy", "2026-01", "final");
        List<String> missing = new ArrayList<>();
        for (Snapshot snapshot : reports.snapshots().list().reversed()) {
            PinnedFile file = reports.snapshots().files(snapshot, "meter_readings").stream()
                    .filter(one -> one.partition().equals("reading_date=2026-01-25"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(file.path(reports.lake.config().root()));
            missing.addFirst("missing file " + file.relativePath());
            assertThatThrownBy(() -> comparison().diff(INITIAL, FINAL))
                    .hasMessageEndingWith(String.join("; ", missing));
        }
    }

    @Test
    void statesWhatCorrectionsDoToSignedReports() {
        assertThat(impact(Optional.empty(), Optional.empty())).containsExactly(INITIAL);
        reports.ingest(
                "second.csv",
                "2026-02-02T00:00:00Z",
                "M1 2026-01-25T10:00:00Z 2 actual",
                "M1 2026-02-10T10:00:00Z 71 actual");
        String between =
                reports.snapshots().create(SnapshotRequest.now("between")).id();
        reports.ingest(
                "third.csv",
                "2026-02-03T00:00:00Z",
                "M1 2026-01-25T10:30:00Z 4 actual",
                "M3 2026-01-27T10:00:00Z 8 actual");

        assertThat(impact(Optional.empty(), Optional.empty()))
                .containsExactly(INITIAL, "hill 4.5 -> 8: 3.5", "sea 17 -> 16: -1");
        assertThat(impact(Optional.of(between), Optional.empty()))
                .as("since")
                .containsExactly(INITIAL, "hill 5 -> 8: 3", "sea 17 -> 16: -1");
        assertThat(impact(Optional.empty(), Optional.of("second.csv"))).containsExactly(INITIAL, "hill 4.5 -> 5: 0.5");
        assertThatThrownBy(() -> impact(Optional.empty(), Optional.of("fourth.csv")))
                .hasMessageContaining("no file of that name or SHA-256 was ingested");
        int snapshots = reports.snapshots().list().size();
        impact(Optional.empty(), Optional.empty());
        assertThat(reports.snapshots().list()).as("the last one is used again").hasSize(snapshots);

        reports.report("energy", "2026-01", "final");
        reports.sign(FINAL);
        assertThat(impact(Optional.empty(), Optional.empty()))
                .as("the one that was superseded is settled")
                .containsExactly(FINAL);
    }

    private List<String> impact(Optional<String> since, Optional<String> file) {
        return new ReportImpacts(reports.files, reports.records(), reports.snapshots(), reports.trino)
                .impact(since, file).reports().stream()
                        .flatMap(report -> java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(report.reportId()),
                                report.energy().partners().stream()
                                        .map(partner -> "%s %s -> %s: %s"
                                                .formatted(
                                                        partner.partnerId(),
                                                        number(partner.beforeKwh()),
                                                        number(partner.afterKwh()),
                                                        number(partner.differenceKwh())))))
                        .toList();
    }

    /** By partner, the difference of the reports' own totals. */
    private Map<String, String> sums(String before, String after) {
        Map<String, BigDecimal> first = totals(before);
        return totals(after).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        total -> number(
                                total.getValue().subtract(first.getOrDefault(total.getKey(), BigDecimal.ZERO)))));
    }

    private Map<String, BigDecimal> totals(String reportId) {
        return reports.files.find(reportId).orElseThrow().totals().stream()
                .collect(Collectors.toMap(
                        total -> String.valueOf(total.group().get("partner_id")),
                        total -> new BigDecimal(total.sum())));
    }

    private static List<String> intervals(ReportDiff diff) {
        return diff.energy().meters().stream()
                .flatMap(meter -> meter.intervals().stream()
                        .map(change -> "%s %s %s %s: %s"
                                .formatted(
                                        meter.meterId(),
                                        change.startAt(),
                                        change.kind(),
                                        number(change.differenceKwh()),
                                        change.corrections().stream()
                                                .map(one -> "%s>%s %s"
                                                        .formatted(
                                                                number(java.util.Objects.requireNonNull(
                                                                        one.oldValue())),
                                                                number(java.util.Objects.requireNonNull(
                                                                        one.newValue())),
                                                                one.source().file()))
                                                .collect(Collectors.joining(", ")))))
                .toList();
    }

    private static String text(MeterChange meter) {
        return "%s %s %s -> %s, explained %s"
                .formatted(
                        meter.partnerId(),
                        meter.meterId(),
                        number(meter.beforeKwh()),
                        number(meter.afterKwh()),
                        number(meter.explainedKwh()));
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private ReportComparison comparison() {
        return new ReportComparison(reports.files, reports.records(), reports.snapshots(), reports.trino);
    }
}
