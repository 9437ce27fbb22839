package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.error.ExitCode;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LineageProblem;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.LineageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of reports, their chain and their signatures, before and after somebody tampers or a process dies. */
class LineageProofTest {
    private static final String FIRST = "energy-2026-01-initial-001";

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
                "M2 2026-01-25T10:00:00Z 2 estimated",
                "M3 2026-01-26T10:00:00Z 4 actual");
        reports.loadSeeds();
        reports.report("energy", "2026-01", "initial");
        reports.sign(FIRST);
    }

    @AfterEach
    void closeLake() {
        reports.close();
    }

    @Test
    void findsALineageRowThatWasChangedInTheTable() {
        reports.report("energy", "2026-01", "final");
        assertThat(reports.verifyLineage().problems()).isEmpty();
        Map<String, @Nullable Object> row = new HashMap<>(lineageRow(FIRST));
        row.put("content_hash", "00".repeat(32));
        reports.lake.rowTable(LakeTables.REPORT_LINEAGE.name()).upsert(List.of(row));
        LineageCheck check = reports.verifyLineage();
        assertThat(check.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(check.problems())
                .allSatisfy(problem -> assertThat(problem.reportId()).isEqualTo(FIRST))
                .extracting(problem -> problem.text().substring((FIRST + " / meter_readings: ").length()))
                .containsExactly(
                        "its values are not the ones that its hash was made from",
                        "its content_hash is not what the copy in the report's folder has",
                        "its content_hash is not what the manifest has");
        assertThat(reports.verify(FIRST).exitCode()).isEqualTo(ExitCode.DATA);
    }

    @Test
    void findsTheEndOfTheChainThatIsGoneAndARowThatIsTooMuch() {
        String last = reports.report("energy", "2026-01", "final").manifest().reportId();
        reports.sign(last);
        Map<String, @Nullable Object> row = lineageRow(last);
        reports.lake.rowTable(LakeTables.REPORT_LINEAGE.name()).delete(List.of(row));
        assertThat(reports.verifyLineage().problems())
                .extracting(problem -> problem.kind() + " " + problem.reportId())
                .containsExactlyInAnyOrder("MISSING " + last, "BROKEN_LINK " + last);

        Map<String, @Nullable Object> foreign = new HashMap<>(row);
        foreign.put("report_id", "energy-2026-01-forged-001");
        reports.lake.rowTable(LakeTables.REPORT_LINEAGE.name()).upsert(List.of(row, foreign));
        assertThat(reports.verifyLineage().problems())
                .extracting(problem -> problem.kind() + " " + problem.reportId())
                .containsExactlyInAnyOrder(
                        "CHANGED energy-2026-01-forged-001",
                        "BROKEN_LINK energy-2026-01-forged-001",
                        "BROKEN_LINK " + last,
                        "EXTRA energy-2026-01-forged-001");
    }

    @Test
    void findsAStatusThatWasChangedInTheTable() {
        String draft = reports.report("energy", "2026-01", "final").manifest().reportId();
        ReportRow signed = reports.records().find(FIRST).orElseThrow();
        ReportRow unsigned = reports.records().find(draft).orElseThrow();
        ReportRow.Signature signature = Objects.requireNonNull(signed.signature());
        ReportRow forged = unsigned.signed(new ReportRow.Signature(signature.at(), "mallory", signature.hash()));
        assertThat(problems(forged))
                .containsExactly(draft + ": it is signed, and report_lineage has no signature of mallory");
        new LakeReports(reports.lake).upsert(List.of(unsigned));

        assertThat(problems(signed.asDraft()))
                .containsExactly(
                        "%s: it was signed by clerk at %s, and its row in the table reports says that it is draft"
                                .formatted(FIRST, signature.at()));
        reports.records().finishAll();
        assertThat(reports.verifyLineage().problems())
                .as("nothing mends it in silence")
                .hasSize(1);
        assertThat(reports.verify(FIRST).exitCode()).isEqualTo(ExitCode.DATA);
        ReportRow.Superseded superseded = new ReportRow.Superseded(signature.at(), draft);
        assertThat(problems(signed.superseded(superseded)))
                .containsExactly(
                        "%s: its row says that %s took its place at %s, and by the signatures no report took its place"
                                .formatted(FIRST, draft, signature.at()));
        assertThat(problems(signed)).isEmpty();

        reports.sign(draft);
        ReportRow replaced = reports.records().find(FIRST).orElseThrow();
        ReportRow.Superseded truly = Objects.requireNonNull(replaced.superseded());
        assertThat(problems(replaced)).isEmpty();
        assertThat(problems(signed))
                .containsExactly(
                        "%s: its row says that no report took its place, and by the signatures %s took its place at %s"
                                .formatted(FIRST, draft, truly.at()));
        assertThat(problems(replaced.superseded(new ReportRow.Superseded(truly.at(), "energy-2026-01-other-001"))))
                .hasSize(1);
        assertThat(problems(replaced.signed(signature)))
                .as("the word alone")
                .containsExactly(FIRST + ": its row says that it is signed, and by the signatures it is superseded");
    }

    @Test
    void signsNoReportWhoseRowSaysOtherThanItsManifest() {
        String draft = reports.report("energy", "2026-01", "final").manifest().reportId();
        Map<String, @Nullable Object> row =
                new HashMap<>(reports.lake.rowTable(LakeTables.REPORTS.name()).rows().stream()
                        .filter(report -> draft.equals(report.get("report_id")))
                        .findFirst()
                        .orElseThrow());
        row.put("row_count", 3L);
        reports.lake.rowTable(LakeTables.REPORTS.name()).upsert(List.of(row));
        String text = "its row in the table reports does not say what its manifest says";
        assertThat(reports.verifyLineage().problems())
                .extracting(LineageProblem::text)
                .containsExactly(draft + ": " + text);
        assertThatThrownBy(() -> reports.sign(draft)).hasMessage("Cannot sign report " + draft + ": " + text);
        assertThat(reports.records().find(FIRST).orElseThrow().status()).isEqualTo(ReportStatus.SIGNED);
    }

    @Test
    void findsASignatureThatWasTakenOutOfTheTables() {
        Map<String, @Nullable Object> link =
                new HashMap<>(reports.lake.rowTable(LakeTables.REPORT_LINEAGE.name()).rows().stream()
                        .filter(row -> "reports".equals(row.get("table_name")))
                        .findFirst()
                        .orElseThrow());
        reports.lake.rowTable(LakeTables.REPORT_LINEAGE.name()).delete(List.of(link));
        assertThat(problems(reports.records().find(FIRST).orElseThrow().asDraft()))
                .containsExactly(
                        FIRST + " / reports: the row is gone from the table; its copy is in the report's folder");
    }

    @Test
    void completesASignatureThatWasKilledBetweenAnyTwoSteps() {
        String first = FIRST;
        for (int step = 1; step <= 3; step++) {
            String next =
                    reports.report("energy", "2026-01", "final").manifest().reportId();
            ReportRecords cut = new ReportRecords(
                    reports.files,
                    cutOffLineage(reports.lineage(), step),
                    cutOffReports(new LakeReports(reports.lake), step));
            assertThatThrownBy(() -> new ReportSigning(reports.files, cut, reports.snapshots(), reports.clock)
                            .sign(next, "clerk"))
                    .hasMessage("killed");
            assertThat(reports.verifyLineage().problems()).isEmpty();
            assertThat(reports.verifyLineage().unfinished()).containsExactly(next);
            assertThat(reports.records().hasUnfinished()).isTrue();

            reports.records().finishAll();
            assertThat(reports.records().hasUnfinished()).isFalse();
            assertThat(reports.verifyLineage().unfinished()).isEmpty();
            assertThat(reports.verifyLineage().problems()).isEmpty();
            boolean happened = step > 1;
            assertThat(reports.records().find(next).orElseThrow().status())
                    .isEqualTo(happened ? ReportStatus.SIGNED : ReportStatus.DRAFT);
            assertThat(reports.records().find(first).orElseThrow().status())
                    .isEqualTo(happened ? ReportStatus.SUPERSEDED : ReportStatus.SIGNED);
            first = happened ? next : first;
        }
    }

    /** Step 1: before the signature's row is there. */
    private static LineageStore cutOffLineage(LineageStore store, int step) {
        return new LineageStore() {
            @Override
            public List<LineageRow> rows() {
                return store.rows();
            }

            @Override
            public void upsert(List<LineageRow> rows) {
                if (step == 1) {
                    throw new IllegalStateException("killed");
                }
                store.upsert(rows);
            }
        };
    }

    /** Step 2: before the rows of the reports are there; step 3: before the copy. */
    private static ReportStore cutOffReports(ReportStore store, int step) {
        return new ReportStore() {
            @Override
            public WorkLock lock() {
                return store.lock();
            }

            @Override
            public WorkLock lockModels() {
                return store.lockModels();
            }

            @Override
            public InputsLock dropInputs() {
                return store.dropInputs();
            }

            @Override
            public List<ReportRow> rows() {
                return store.rows();
            }

            @Override
            public void upsert(List<ReportRow> rows) {
                if (step == 3) {
                    store.upsert(rows);
                }
                throw new IllegalStateException("killed");
            }
        };
    }

    /** What is found when a row of the table reports is this one. */
    private List<String> problems(ReportRow row) {
        new LakeReports(reports.lake).upsert(List.of(row));
        return reports.verifyLineage().problems().stream()
                .map(LineageProblem::text)
                .toList();
    }

    @Test
    void readsNoManifestOfAnEarlierLayout() throws IOException {
        Path file = stored("manifest.json");
        ObjectNode manifest = (ObjectNode) JsonDocuments.tree(Files.readString(file));
        manifest.put("manifest_version", 3);
        Files.writeString(file, manifest.toPrettyString());
        assertThat(reports.verifyLineage().problems())
                .extracting(LineageProblem::text)
                .containsExactly(FIRST + ": Cannot read " + file
                        + ": it is of version 3, and this Meterlake knows version " + Manifest.VERSION);
    }

    @Test
    void namesAManifestThatIsThatOfAnotherReport() throws IOException {
        String other = reports.report("energy", "2026-01", "final").manifest().reportId();
        Path manifest = stored("manifest.json");
        Files.copy(
                reports.files.folder(reports.files.find(other).orElseThrow()).resolve("manifest.json"),
                manifest,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(reports.verifyLineage().problems())
                .extracting(LineageProblem::text)
                .containsExactly(
                        "%s: Cannot read %s: it is the manifest of %s for 2026-01".formatted(FIRST, manifest, other));
        assertThat(reports.verify(other).problems())
                .as("another report's folder")
                .extracting(ReportProblem::verdict)
                .doesNotContain(ReportProblem.Verdict.MISSING);
    }

    @Test
    void completesAReportThatWasKilledBetweenAnyTwoSteps() {
        List<String> made = new ArrayList<>(List.of(FIRST));
        LineageStore noLineage = new LineageStore() {
            @Override
            public List<LineageRow> rows() {
                return reports.lineage().rows();
            }

            @Override
            public void upsert(List<LineageRow> rows) {
                throw new IllegalStateException("killed");
            }
        };
        LakeReports lakeReports = new LakeReports(reports.lake);
        for (boolean written : new boolean[] {false, true}) {
            ReportStore cutOff = new ReportStore() {
                @Override
                public WorkLock lock() {
                    return lakeReports.lock();
                }

                @Override
                public WorkLock lockModels() {
                    return lakeReports.lockModels();
                }

                @Override
                public InputsLock dropInputs() {
                    return lakeReports.dropInputs();
                }

                @Override
                public List<ReportRow> rows() {
                    return lakeReports.rows();
                }

                @Override
                public void upsert(List<ReportRow> rows) {
                    if (written) {
                        lakeReports.upsert(rows);
                    }
                    throw new IllegalStateException("killed");
                }
            };
            made.add(killed(new ReportRecords(reports.files, reports.lineage(), cutOff)));
            reports.records().finishAll();
            assertThat(reports.verifyLineage().problems()).isEmpty();
        }
        made.add(killed(new ReportRecords(reports.files, noLineage, lakeReports)));
        assertThat(reports.verifyLineage().unfinished()).containsExactly(made.getLast());
        made.add(reports.report("energy", "2026-01", "initial").manifest().reportId());
        assertThat(reports.verifyLineage().unfinished()).isEmpty();
        assertThat(reports.verifyLineage().problems()).isEmpty();
        assertThat(reports.records().all()).extracting(ReportRow::reportId).containsExactlyElementsOf(made);
        made.forEach(id -> assertThat(reports.verify(id).problems()).as(id).isEmpty());
    }

    private String killed(ReportRecords records) {
        ReportRequest request = ReportRequest.now("energy", Period.parse("2026-01"), "initial");
        assertThatThrownBy(() -> reports.runner(records).run(request, new ReportListener() {}))
                .hasMessage("killed");
        return reports.files.all().getLast().reportId();
    }

    private Map<String, @Nullable Object> lineageRow(String reportId) {
        return reports.lake.rowTable(LakeTables.REPORT_LINEAGE.name()).rows().stream()
                .filter(row -> reportId.equals(row.get("report_id")) && "meter_readings".equals(row.get("table_name")))
                .findFirst()
                .orElseThrow();
    }

    private Path stored(String name) {
        return reports.files.folder(reports.files.find(FIRST).orElseThrow()).resolve(name);
    }
}
