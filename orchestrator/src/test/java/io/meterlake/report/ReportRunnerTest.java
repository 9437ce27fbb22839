package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Selection;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lineage.LakeLineage;
import io.meterlake.lineage.LineageChain;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.LineageStore;
import io.meterlake.lineage.Sha256;
import io.meterlake.project.Project;
import io.meterlake.project.ProjectLoader;
import io.meterlake.project.SeedReader;
import io.meterlake.run.BuildScope;
import io.meterlake.run.ImmutableSeeds;
import io.meterlake.run.PinnedSources;
import io.meterlake.run.Plan;
import io.meterlake.run.PlanRunner;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunListener;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small project over a real lake, read by a real Trino. */
class ReportRunnerTest {
    private static final ReportRequest JANUARY = ReportRequest.now("files", Period.parse("2026-01"), "initial");

    @TempDir
    private Path folder;

    private final Trino trino = SharedStack.get().trino();
    private final Clock clock = new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1));
    private String schema = "";
    private Lake lake;
    private LakeLineage lineage;
    private ReportFiles files;

    @BeforeEach
    void makeLakeAndProject() throws IOException {
        schema = SharedStack.get().newSchema("report");
        URI metastore = SharedStack.get().metastoreUri();
        LakeConfig config = LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(schema + "_lake");
        lake = Lake.open(config, clock);
        lineage = new LakeLineage(lake);
        files = new ReportFiles(folder.resolve("reports"));
        ingest("a", "north", 10, "2026-01-02T00:00:00Z");
        ingest("b", "north", 5, "2026-01-03T00:00:00Z");
        ingest("c", "=south", 7, "2026-01-04T00:00:00Z");
        ingest("d", "north", 100, "2026-02-01T00:00:00Z");
        writeProject();
        loadSeeds();
    }

    @Test
    void writesFilesWhoseManifestAndLineageSayWhatTheyWereMadeFrom() throws IOException {
        ReportOutcome outcome = runner(lineage).run(JANUARY, new ReportListener() {});
        assertThat(outcome.folder()).isEqualTo(folder.resolve("reports/files/2026-01/files-2026-01-initial-001"));
        Path csv = outcome.folder().resolve("files.csv");
        assertThat(csv).hasContent("""
                utility,region,files,rows
                '=south,,1,7
                north,hill,2,15
                """);
        Manifest manifest = files.find("files-2026-01-initial-001").orElseThrow();
        assertThat(manifest).isEqualTo(outcome.manifest());
        assertThat(manifest.files().getFirst())
                .isEqualTo(new Manifest.FileEntry("files.csv", Files.size(csv), Sha256.ofFile(csv)));
        assertThat(manifest.rowCount()).isEqualTo(2);
        assertThat(manifest.variables()).containsEntry("period_start", "2026-01-01");
        assertThat(manifest.modelFingerprints()).containsOnlyKeys("analysis.tiny.files", "model.tiny.stg_files");
        assertThat(manifest.totals())
                .extracting(Manifest.Total::group, Manifest.Total::sum)
                .containsExactly(tuple(Map.of("utility", "=south"), "7"), tuple(Map.of("utility", "north"), "15"));

        List<CompletedInstant> instants = lake.completedInstants("ingested_files").stream()
                .filter(instant -> instant.action().equals("commit"))
                .toList();
        assertThat(manifest.inputs()).singleElement().satisfies(input -> {
            assertThat(input.table()).isEqualTo("ingested_files");
            assertThat(input.commits()).hasSize(4);
            assertThat(input.commitRequestedAt()).isEqualTo(instants.getLast().requested());
            assertThat(input.commitCompletedAt()).isEqualTo(instants.getLast().completed());
        });
        assertThat(trino.rows(
                                "select report_id, table_name, snapshot_id, row_count, content_hash, commit_completed_at from hudi.%s_lake.report_lineage"
                                        .formatted(schema))
                        .rows())
                .containsExactly(List.of(
                        manifest.reportId(),
                        "ingested_files",
                        manifest.snapshotId(),
                        2L,
                        manifest.contentHash(),
                        instants.getLast().completed()));
        assertThat(LineageChain.inOrder(lineage.rows())).isEqualTo(outcome.lineage());
    }

    @Test
    void givesTheSameBytesUnderTheNextNumber() throws IOException {
        ReportRunner runner = runner(lineage);
        ReportOutcome first = runner.run(JANUARY, new ReportListener() {});
        ReportOutcome second = runner.run(JANUARY, new ReportListener() {});
        assertThat(second.manifest().reportId()).isEqualTo("files-2026-01-initial-002");
        for (String file : List.of("files.csv", "files.xlsx", "files.sql")) {
            assertThat(second.folder().resolve(file))
                    .hasSameBinaryContentAs(first.folder().resolve(file));
        }
        assertThat(second.manifest().contentHash()).isEqualTo(first.manifest().contentHash());
        assertThat(second.lineage().getFirst().previousRowHash())
                .isEqualTo(first.lineage().getLast().rowHash());
        assertThat(withoutRun(second)).isEqualTo(withoutRun(first));
    }

    @Test
    void neverGivesANumberTwiceEvenIfTheFilesAreGone() throws IOException {
        ReportRunner runner = runner(lineage);
        ReportOutcome first = runner.run(JANUARY, new ReportListener() {});
        files.discard(first.folder());
        assertThat(runner.run(JANUARY, new ReportListener() {}).manifest().runNumber())
                .isEqualTo(2);
        assertThat(runner.run(ReportRequest.now("files", JANUARY.period(), "final"), new ReportListener() {})
                        .manifest()
                        .reportId())
                .isEqualTo("files-2026-01-final-001");
    }

    @Test
    void readsOneSnapshotWhateverComesInMeanwhile() {
        ReportOutcome outcome = runner(lineage).run(JANUARY, new ReportListener() {
            @Override
            public void querying(String reportId) {
                ingest("e", "north", 1, "2026-01-05T00:00:00Z");
            }
        });
        assertThat(outcome.totals()).extracting(Manifest.Total::sum).containsExactly("7", "15");
        assertThat(runner(lineage).run(JANUARY, new ReportListener() {}).totals())
                .extracting(Manifest.Total::sum)
                .containsExactly("7", "16");
    }

    @Test
    void usesTheNewestSnapshotAgainWhileNothingWasCommitted() {
        Manifest first = runner(lineage).run(JANUARY, new ReportListener() {}).manifest();
        Manifest second = runner(lineage).run(JANUARY, new ReportListener() {}).manifest();
        assertThat(second.snapshotId()).isEqualTo(first.snapshotId());
        ingest("e", "north", 1, "2026-01-05T00:00:00Z");
        Manifest third = runner(lineage).run(JANUARY, new ReportListener() {}).manifest();
        assertThat(third.snapshotId()).isGreaterThan(first.snapshotId());
        Manifest again = runner(lineage)
                .run(
                        new ReportRequest("files", JANUARY.period(), "dispute", Optional.of(first.snapshotId())),
                        new ReportListener() {})
                .manifest();
        assertThat(again.snapshotId()).isEqualTo(first.snapshotId());
        assertThat(again.contentHash())
                .as("as known then")
                .isEqualTo(first.contentHash())
                .isNotEqualTo(third.contentHash());
    }

    @Test
    void keepsNoSnapshotOfARefusedReportButTheOneThatWasThere() {
        ReportListener refusing = new ReportListener() {
            @Override
            public void pinned(String reportId, Snapshot snapshot) {
                throw new MeterlakeException(ReportErrorCode.FAILED_BUILD, "Cannot make it: refused", "Build again.");
            }
        };
        Snapshots snapshots = new Snapshots(lake);
        assertThatThrownBy(() -> runner(lineage).run(JANUARY, refusing)).hasMessageContaining("refused");
        assertThat(snapshots.list()).as("made for the refused report").isEmpty();
        String kept =
                runner(lineage).run(JANUARY, new ReportListener() {}).manifest().snapshotId();
        assertThatThrownBy(() -> runner(lineage).run(JANUARY, refusing)).hasMessageContaining("refused");
        assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly(kept);
    }

    @Test
    void recordsTheChecksumsOfTheFilesThatItRead() {
        Manifest manifest =
                runner(lineage).run(JANUARY, new ReportListener() {}).manifest();
        Snapshots snapshots = new Snapshots(lake);
        assertThat(snapshots.files(snapshots.find(manifest.snapshotId()), "ingested_files"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.sha256())
                        .contains(Sha256.ofFile(file.path(lake.config().root()))));
        assertThat(snapshots.files(snapshots.find(manifest.snapshotId()), "meter_readings"))
                .allSatisfy(file -> assertThat(file.sha256()).isEmpty());
    }

    @Test
    void finishesAReportThatWasCutOffBeforeItsLineage() {
        LineageStore cutOff = new LineageStore() {
            @Override
            public List<LineageRow> rows() {
                return lineage.rows();
            }

            @Override
            public void upsert(List<LineageRow> rows) {
                throw new IllegalStateException("cut off");
            }
        };
        assertThatThrownBy(() -> runner(cutOff).run(JANUARY, new ReportListener() {}))
                .hasMessage("cut off");
        assertThat(files.unfinished()).hasSize(1);
        assertThat(lineage.rows()).isEmpty();

        ReportOutcome next = runner(lineage).run(JANUARY, new ReportListener() {});
        assertThat(next.manifest().runNumber()).isEqualTo(2);
        assertThat(files.unfinished()).isEmpty();
        assertThat(LineageChain.inOrder(lineage.rows()))
                .extracting(LineageRow::reportId)
                .containsExactly("files-2026-01-initial-001", "files-2026-01-initial-002");
    }

    @Test
    void onlyNotesRowsThatAreThereAlready() {
        ReportOutcome outcome = runner(lineage).run(JANUARY, new ReportListener() {});
        Path note = outcome.folder().resolve("lineage.json");
        assertThat(note.toFile().delete()).isTrue();
        new ReportRecords(files, lineage, new LakeReports(lake)).finishAll();
        assertThat(note).exists();
        assertThat(lineage.rows()).isEqualTo(outcome.lineage());
    }

    @Test
    void refusesASeedThatWasChangedAndNotLoaded() throws IOException {
        write("project/seeds/regions.csv", "utility,region\nnorth,valley\n");
        assertThatThrownBy(() -> runner(lineage).run(JANUARY, new ReportListener() {}))
                .hasMessageContaining("seed regions as it is now (seeds/regions.csv) is not loaded");
        loadSeeds();
        ReportOutcome outcome = runner(lineage).run(JANUARY, new ReportListener() {});
        assertThat(outcome.folder().resolve("files.csv")).content().contains("north,valley,2,15");
    }

    private static Map<String, Object> withoutRun(ReportOutcome outcome) {
        Manifest manifest = outcome.manifest();
        return Map.of(
                "inputs", manifest.inputs(),
                "seeds", manifest.seeds(),
                "fingerprints", manifest.modelFingerprints(),
                "files", manifest.files(),
                "columns", manifest.columns(),
                "totals", manifest.totals());
    }

    private ReportRunner runner(LineageStore store) {
        Project project = ProjectLoader.load(folder.resolve("project"));
        RelationResolver live = RelationResolver.lakeDatabase(schema + "_lake");
        return new ReportRunner(
                (snapshot, variables) ->
                        compile(project, new PinnedSources(live, schema + "_lake", snapshot), variables),
                SeedReader::read,
                trino,
                new Snapshots(lake),
                files,
                new ReportRecords(files, store, new LakeReports(lake)),
                clock);
    }

    private CompiledProject compile(Project project, RelationResolver sources, Map<String, Object> variables) {
        return ProjectCompiler.compile(
                project,
                CompileOptions.defaults()
                        .withRelations(new ImmutableSeeds(sources, SeedReader::read))
                        .withVars(variables));
    }

    private void loadSeeds() {
        Project project = ProjectLoader.load(folder.resolve("project"));
        CompiledProject compiled = compile(project, RelationResolver.AS_DECLARED, Map.of());
        Plan plan = Plan.of(compiled, RunKind.SEED, BuildScope.of(compiled, RunKind.SEED, Selection.ALL));
        new PlanRunner(trino, SeedReader::read, 2, clock).run(plan, new RunListener() {});
    }

    private void ingest(String checksum, String utility, long rows, String receivedAt) {
        lake.rowTable("ingested_files")
                .upsert(List.of(Map.of(
                        "file_checksum", checksum,
                        "utility", utility,
                        "rows_read", rows,
                        "received_at", Instant.parse(receivedAt))));
    }

    private void writeProject() throws IOException {
        write("project/dbt_project.yml", """
                name: tiny
                version: '1.0'
                config-version: 2
                profile: tiny
                vars:
                  period_start: '2026-01-01'
                  period_end: '2026-02-01'
                models:
                  tiny:
                    +schema: %1$s
                seeds:
                  tiny:
                    +schema: %1$s
                """.formatted(schema));
        write("project/macros/generate_schema_name.sql", """
                {%% macro generate_schema_name(custom_schema_name, node) -%%}
                {{ custom_schema_name | trim }}
                {%%- endmacro %%}
                """.formatted());
        write("project/seeds/regions.csv", "utility,region\nnorth,hill\n");
        write("project/models/_sources.yml", """
                version: 2
                sources:
                  - name: lake
                    database: hudi
                    schema: lake
                    tables:
                      - name: ingested_files
                """);
        write("project/models/stg_files.sql", """
                select file_checksum, utility, rows_read, received_at
                from {{ source('lake', 'ingested_files') }}
                """);
        write("project/analyses/files.sql", """
                select f.utility, r.region, count(*) as files, sum(f.rows_read) as "rows"
                from {{ ref('stg_files') }} f
                left join {{ ref('regions') }} r on r.utility = f.utility
                where f.received_at >= timestamp '{{ var('period_start') }} 00:00:00'
                  and f.received_at < timestamp '{{ var('period_end') }} 00:00:00'
                group by 1, 2
                order by 1, 2
                """);
        write("project/analyses/_analyses.yml", """
                version: 2
                analyses:
                  - name: files
                    config:
                      meta:
                        report:
                          title: Files
                          period: month
                          time_zone: UTC
                          totals:
                            group_by: [utility]
                            sum: rows
                """);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
