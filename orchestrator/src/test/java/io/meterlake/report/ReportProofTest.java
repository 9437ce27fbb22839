package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.Sha256;
import io.meterlake.run.PublishedViews;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.testing.LostDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a real lake that are verified and made again, before and after somebody tampers. */
class ReportProofTest {
    private static final String FIRST = "energy-2026-01-initial-001";
    private static final String DAY = "reading_date=2026-01-25";

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
    void rebuildsTheSameBytesAfterManyCorrectionsAndTheCleaner() {
        for (int round = 1; round <= 12; round++) {
            reports.ingest(
                    "correction-" + round + ".csv",
                    "2026-02-%02dT00:00:00Z".formatted(round),
                    "M1 2026-01-25T10:00:00Z %d actual".formatted(round),
                    "M3 2026-01-26T10:00:00Z %d.25 actual".formatted(round));
        }
        assertThat(baseFiles(DAY)).as("the cleaner took the versions between").isEqualTo(2);
        assertThat(reports.live("meter_id, value", "meter_readings", "true"))
                .containsExactly("M1|12.000000", "M2|2.000000", "M3|12.250000");

        Path kept = folder.resolve("kept");
        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.of(kept));
        assertThat(reproduction.outcome()).isEqualTo(Reproduction.Outcome.IDENTICAL);
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(reproduction.files())
                .extracting(Reproduction.FileComparison::name)
                .containsExactly("energy.csv", "energy.xlsx");
        assertThat(kept.resolve("energy.csv")).hasContent("""
                partner_id,flow_direction,energy_kwh
                hill,consumption,3.500000
                sea,consumption,4.000000
                """);
        assertThat(kept.resolve("energy.xlsx")).hasSameBinaryContentAs(stored("energy.xlsx"));
        assertThat(reports.verify(FIRST).problems()).isEmpty();
        assertThat(reports.verify(FIRST).exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void signsNoReportOverALaterOneUnlessToldTo() {
        String draft = reports.report("energy", "2026-01", "first-correction")
                .manifest()
                .reportId();
        String oldSnapshot = reports.snapshots().list().getFirst().id();
        reports.ingest("second.csv", "2026-02-01T00:00:00Z", "M1 2026-01-25T10:00:00Z 9 actual");
        String last = reports.report("energy", "2026-01", "final").manifest().reportId();
        reports.sign(last);
        assertRefused(draft, "it was made at ", last);

        ReportRequest onOldData =
                new ReportRequest("energy", Period.parse("2026-01"), "second-correction", Optional.of(oldSnapshot));
        String later = reports.runner(reports.records())
                .run(onOldData, new ReportListener() {})
                .manifest()
                .reportId();
        assertRefused(later, "it reads meter_readings as of commit ", last);
        assertThat(reports.records().find(last).orElseThrow().status()).isEqualTo(ReportStatus.SIGNED);

        ReportSigning.Signed signed = reports.signing().signOverNewer(later, "clerk");
        assertThat(signed.superseded()).extracting(ReportRow::reportId).containsExactly(last);
        assertThat(reports.verifyLineage().problems()).isEmpty();
    }

    private void assertRefused(String draft, String reason, String signed) {
        MeterlakeException refused = catchThrowableOfType(MeterlakeException.class, () -> reports.sign(draft));
        assertThat(refused.code()).isEqualTo(ReportErrorCode.OLDER_THAN_SIGNED);
        assertThat(refused.code().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused)
                .hasMessageContaining("Cannot sign report " + draft + " over " + signed)
                .hasMessageContaining(reason);
        assertThat(refused.hint()).contains("--supersede-newer");
    }

    @Test
    void namesABaseFileThatIsGoneAndAllReportsThatReadIt() throws IOException {
        reports.report("energy", "2026-01", "first-correction");
        PinnedFile file = pinned(DAY);
        Files.delete(file.path(reports.lake.config().root()));

        ReportCheck check = reports.verify(FIRST);
        assertThat(check.exitCode()).isEqualTo(ExitCode.INPUTS_MISSING);
        String text = "missing file " + file.relativePath();
        assertThat(check.problems()).extracting(ReportProblem::text).containsExactly(text);
        assertThat(check.concerned()).containsExactly(Map.entry(text, List.of("energy-2026-01-first-correction-001")));

        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.INPUTS_MISSING);
        assertThat(reproduction.missing()).extracting(ReportProblem::text).containsExactly(text);
        assertThat(reproduction.concerned()).isEqualTo(check.concerned());
    }

    @Test
    void tellsAChangedBaseFileFromAMissingOne() throws IOException {
        Path file = pinned(DAY).path(reports.lake.config().root());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        ReportCheck check = reports.verify(FIRST);
        assertThat(check.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(check.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .startsWith("changed file meter_readings/" + DAY)
                        .contains("SHA-256"));
        assertThat(reports.reproduction().reproduce(FIRST, Optional.empty()).exitCode())
                .isEqualTo(ExitCode.INPUTS_MISSING);
    }

    @Test
    void findsABaseFileThatWasChangedTogetherWithItsChecksum() throws IOException {
        PinnedFile pinned = pinned(DAY);
        Path file = pinned.path(reports.lake.config().root());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Snapshot snapshot = reports.snapshots().list().getFirst();
        Path list = reports.lake.snapshotsFolder().resolve(snapshot.id()).resolve("meter_readings.files.csv");
        Files.writeString(list, Files.readString(list).replace(pinned.sha256().orElseThrow(), Sha256.ofFile(file)));
        assertThat(reports.snapshots().verify(snapshot).problems())
                .as("the snapshot by itself can't know")
                .isEmpty();

        String text = ("the list of the files of meter_readings in snapshot %s is not the one that the report read:"
                        + " a checksum in it was changed")
                .formatted(snapshot.id());
        ReportCheck check = reports.verify(FIRST);
        assertThat(check.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(check.problems()).extracting(ReportProblem::text).containsExactly(text);
        assertThat(reports.reproduction().reproduce(FIRST, Optional.empty()).missing())
                .extracting(ReportProblem::text)
                .containsExactly(text);
    }

    @Test
    void showsTheLineOfAStoredFileThatWasChanged() throws IOException {
        Path csv = stored("energy.csv");
        Files.writeString(csv, Files.readString(csv).replace("3.500000", "35.00000"));
        assertThat(reports.verify(FIRST).exitCode()).isEqualTo(ExitCode.DATA);

        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(reproduction.rebuiltContentHash()).isEqualTo(reproduction.contentHash());
        assertThat(reproduction.files().getFirst().differences())
                .containsExactly(
                        new Reproduction.LineDifference(2, "hill,consumption,3.500000", "hill,consumption,35.00000"));
        assertThat(reproduction.files().getLast().identical()).isTrue();
    }

    @Test
    void showsTheLinesThatDifferAndWhatMayBeTheReason() throws IOException {
        // A query that gives something else, vouched for everywhere: as if the engine had come to another result.
        Path sql = stored("energy.sql");
        Path manifest = stored("manifest.json");
        String before = Sha256.ofFile(sql);
        Files.writeString(sql, Files.readString(sql).replace("sum(energy_kwh)", "sum(energy_kwh) * 2"));
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace(before, Sha256.ofFile(sql))
                        .replaceFirst("\"trino_version\" : \"[^\"]+\"", "\"trino_version\" : \"17\""));
        Map<String, @Nullable Object> row = new HashMap<>(
                reports.lake.rowTable(LakeTables.REPORTS.name()).rows().getFirst());
        row.put("manifest_sha256", Sha256.ofFile(manifest));
        reports.lake.rowTable(LakeTables.REPORTS.name()).upsert(List.of(row));

        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(reproduction.rebuiltContentHash()).isNotEqualTo(reproduction.contentHash());
        assertThat(reproduction.files().getFirst().differences())
                .containsExactly(
                        new Reproduction.LineDifference(2, "hill,consumption,3.500000", "hill,consumption,7.000000"),
                        new Reproduction.LineDifference(3, "sea,consumption,4.000000", "sea,consumption,8.000000"));
        assertThat(reproduction.files().getLast().identical())
                .as("the workbook")
                .isFalse();
        assertThat(reproduction.notes())
                .containsExactly("the report was made with Trino 17, and this is Trino " + reports.trino.version());
    }

    @Test
    void refusesToRebuildFromAQueryThatWasChanged() throws IOException {
        Path sql = stored("energy.sql");
        Files.writeString(sql, Files.readString(sql).replace("38, 6", "38, 5"));
        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.INPUTS_MISSING);
        assertThat(reproduction.missing())
                .extracting(ReportProblem::text)
                .containsExactly("its file was changed: " + sql);
    }

    @Test
    void namesAManifestARowAndASignatureThatDoNotFit() throws IOException {
        ReportRow row = reports.records().find(FIRST).orElseThrow();
        ReportRow.Signature signature = Objects.requireNonNull(row.signature());
        new LakeReports(reports.lake)
                .upsert(List.of(row.signed(new ReportRow.Signature(signature.at(), "mallory", signature.hash()))));
        assertThat(reports.verify(FIRST).problems())
                .extracting(ReportProblem::text)
                .containsExactly(
                        "the signature of mallory does not fit its manifest, its lineage, the signer and the time");
        Path manifest = stored("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"row_count\" : 2", "\"row_count\" : 3"));
        ReportCheck check = reports.verify(FIRST);
        assertThat(check.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(check.problems())
                .extracting(ReportProblem::text)
                .anyMatch(text -> text.startsWith("its manifest was changed: "))
                .contains("its row in the table reports does not say what its manifest says")
                .anyMatch(text -> text.contains("its row_count is not what the manifest has"));
    }

    @Test
    void registersASnapshotAgainThatTheMetastoreHasLost() {
        Snapshot snapshot = reports.snapshots().list().getFirst();
        LostDatabase.of(reports.lake, snapshot.database());
        ReportCheck check = reports.verify(FIRST);
        assertThat(check.exitCode()).as("it can be mended").isEqualTo(ExitCode.OK);
        assertThat(check.problems()).isNotEmpty();
        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.outcome()).isEqualTo(Reproduction.Outcome.IDENTICAL);
        assertThat(reproduction.notes()).last().asString().contains("was registered with the metastore");
        assertThat(reports.verify(FIRST).problems()).isEmpty();
    }

    @Test
    void makesASeedTableThatIsGoneAgainFromItsFileBesideTheReport() throws IOException {
        Manifest.SeedInput seed = seed();
        reports.project.file("seeds/contracts.csv", "meter_id,partner_id\nM1,other\n");
        dropWithItsFilesLeft(seed.relation());
        ReportCheck check = reports.verify(FIRST);
        assertThat(check.exitCode()).as("it can be mended").isEqualTo(ExitCode.OK);
        assertThat(check.problems())
                .extracting(ReportProblem::text)
                .containsExactly("missing table %s of the seed contracts; `report reproduce` makes it again from %s"
                        .formatted(seed.relation(), "energy.seed.contracts.csv"));

        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.outcome()).isEqualTo(Reproduction.Outcome.IDENTICAL);
        assertThat(reproduction.notes())
                .containsExactly("the table %s of the seed contracts was lost, and was made again from %s"
                        .formatted(seed.relation(), "energy.seed.contracts.csv"));
        assertThat(reports.verify(FIRST).problems()).isEmpty();

        ReportImpacts impacts = new ReportImpacts(reports.files, reports.records(), reports.snapshots(), reports.trino);
        dropWithItsFilesLeft(seed.relation());
        assertThat(impacts.impact(Optional.empty(), Optional.empty()).notes()).isEmpty();
        reports.trino.execute("drop table " + seed.relation());
        Files.delete(stored("energy.seed.contracts.csv"));
        assertThat(impacts.impact(Optional.empty(), Optional.empty()).notes())
                .singleElement()
                .asString()
                .contains("missing table " + seed.relation() + " of the seed contracts");
    }

    @Test
    void makesNoSeedTableWhileSomebodyIsAtWorkOnTheModels() throws Exception {
        String table = seed().relation();
        reports.trino.execute("drop table " + table);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            WorkLock run =
                    other.submit(() -> reports.lake.lock(WorkLock.Work.RUN)).get();
            assertThatThrownBy(() -> reports.reproduction().reproduce(FIRST, Optional.empty()))
                    .isInstanceOfSatisfying(
                            MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(LakeErrorCode.LAKE_LOCKED));
            assertThat(new PublishedViews(reports.trino).exists(ReportIntegrity.relation(table)))
                    .isFalse();
            other.submit(run::close).get();
        }
        assertThat(reports.reproduction().reproduce(FIRST, Optional.empty()).outcome())
                .isEqualTo(Reproduction.Outcome.IDENTICAL);
    }

    @Test
    void leavesASeedTableAloneThatAnotherProofHasMadeSinceItWasMissed() {
        String table = seed().relation();
        reports.trino.execute("drop table " + table);
        LakeReports store = new LakeReports(reports.lake);
        List<String> madeByTheOther = new ArrayList<>();
        ReportStore late = new ReportStore() {
            @Override
            public WorkLock lock() {
                return store.lock();
            }

            @Override
            public WorkLock lockModels() {
                reports.reproduction().reproduce(FIRST, Optional.empty());
                madeByTheOther.addAll(filesOf(table));
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
                store.upsert(rows);
            }
        };
        Reproduction reproduction = new ReportReproduction(
                        reports.files,
                        new ReportRecords(reports.files, reports.lineage(), late),
                        reports.snapshots(),
                        reports.trino)
                .reproduce(FIRST, Optional.empty());
        assertThat(reproduction.outcome()).isEqualTo(Reproduction.Outcome.IDENTICAL);
        assertThat(reproduction.notes()).isEmpty();
        assertThat(filesOf(table)).isNotEmpty().isEqualTo(madeByTheOther);
    }

    private List<String> filesOf(String table) {
        return reports.trino
                .rows("select distinct \"$path\" from " + table + " order by 1")
                .firstColumn();
    }

    /** As a metastore that was set up anew finds the warehouse. */
    private void dropWithItsFilesLeft(String table) throws IOException {
        String file = reports.trino
                .rows("select distinct \"$path\" from " + table)
                .firstColumn()
                .getFirst();
        Path path = Path.of(URI.create(file.replaceFirst("^file:/+", "file:///")));
        byte[] bytes = Files.readAllBytes(path);
        reports.trino.execute("drop table " + table);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }

    @Test
    void namesASeedThatIsGoneOrWasChanged() throws IOException {
        Manifest.SeedInput seed = seed();
        Path csv = stored("energy.seed.contracts.csv");
        assertThat(csv).hasContent("meter_id,partner_id\nM1,hill\nM2,hill\nM3,sea\n");
        Files.writeString(csv, "meter_id,partner_id\nM1,hill\nM2,sea\nM3,sea\n");
        assertThat(reports.verify(FIRST).exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(reports.verify(FIRST).problems())
                .extracting(ReportProblem::text)
                .containsExactly("its file was changed: " + csv);
        assertThat(reports.reproduction().reproduce(FIRST, Optional.empty()).outcome())
                .as("the table is there")
                .isEqualTo(Reproduction.Outcome.IDENTICAL);

        reports.trino.execute("drop table " + seed.relation());
        Files.delete(csv);
        String gone = "missing table %s of the seed contracts".formatted(seed.relation());
        assertThat(reports.verify(FIRST).problems())
                .extracting(ReportProblem::text)
                .containsExactly("its file is gone: " + csv, gone);
        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.INPUTS_MISSING);
        assertThat(reproduction.missing()).extracting(ReportProblem::text).containsExactly(gone);
    }

    private Manifest.SeedInput seed() {
        return reports.files.find(FIRST).orElseThrow().seeds().getFirst();
    }

    @Test
    void namesASnapshotThatWasDropped() {
        String snapshot = reports.snapshots().list().getFirst().id();
        reports.snapshots().drop(snapshot);
        Reproduction reproduction = reports.reproduction().reproduce(FIRST, Optional.empty());
        assertThat(reproduction.exitCode()).isEqualTo(ExitCode.INPUTS_MISSING);
        assertThat(reproduction.missing())
                .extracting(ReportProblem::text)
                .containsExactly("missing snapshot " + snapshot);
        assertThat(reports.verify(FIRST).exitCode()).isEqualTo(ExitCode.INPUTS_MISSING);
    }

    private PinnedFile pinned(String partition) {
        Snapshot snapshot = reports.snapshots().list().getFirst();
        return reports.snapshots().files(snapshot, "meter_readings").stream()
                .filter(file -> file.partition().equals(partition))
                .findFirst()
                .orElseThrow();
    }

    private Path stored(String name) {
        return reports.files.folder(reports.files.find(FIRST).orElseThrow()).resolve(name);
    }

    private long baseFiles(String partition) {
        try (java.util.stream.Stream<Path> paths =
                Files.list(reports.lake.table("meter_readings").folder().resolve(partition))) {
            return paths.filter(path -> path.toString().endsWith(".parquet")).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
