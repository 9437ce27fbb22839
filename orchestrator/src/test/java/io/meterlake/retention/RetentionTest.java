package io.meterlake.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.lake.CleanedSpace;
import io.meterlake.lake.CleanerPolicy;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lineage.LakeLineage;
import io.meterlake.lineage.Sha256;
import io.meterlake.project.Project;
import io.meterlake.project.ProjectLoader;
import io.meterlake.project.Relation;
import io.meterlake.project.SeedReader;
import io.meterlake.project.TestProject;
import io.meterlake.report.LakeReports;
import io.meterlake.report.Manifest;
import io.meterlake.report.Period;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportRecords;
import io.meterlake.report.ReportRequest;
import io.meterlake.report.ReportRunner;
import io.meterlake.report.ReportSigning;
import io.meterlake.retention.RetentionPlan.SnapshotDecision;
import io.meterlake.run.PinnedSources;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotProtection;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.SnapshotStep;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention over a real lake, metastore and Trino, with the cleaner at its most aggressive. */
class RetentionTest {
    private static final int CORRECTIONS = 44;
    private static final Instant LATER = Instant.parse("2026-03-10T00:00:00Z");
    private static final String HEADER = "meter_id,channel,interval_start,interval_minutes,value,unit,quality,"
            + "quality_code,recorded_at,time_zone\n";

    @TempDir
    private Path folder;

    private final Trino trino = SharedStack.get().trino();
    private final Clock clock = new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1));
    private String schema = "";
    private LakeConfig config = LakeConfig.of(Path.of("none"), "127.0.0.1", 1);
    private Lake lake;
    private Snapshots snapshots;
    private ReportFiles reports;
    private ReportRecords records;

    @BeforeEach
    void openLake() throws IOException {
        schema = SharedStack.get().newSchema("retention");
        URI metastore = SharedStack.get().metastoreUri();
        config = LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(schema + "_lake")
                .withBuckets(1)
                .withCleaner(new CleanerPolicy.Versions(1));
        lake = Lake.open(config, clock);
        snapshots = new Snapshots(lake);
        reports = new ReportFiles(folder.resolve("reports"));
        records = new ReportRecords(reports, new LakeLineage(lake), new LakeReports(lake));
        Files.writeString(folder.resolve("retention.yml"), """
                snapshots:
                  manual: {keep: 5 days, keep_at_least: 1}
                reports:
                  drafts: {keep: 5 days}
                  signed: {keep: 28 months after period_end}
                """);
        new TestProject(folder.resolve("project"))
                .file("dbt_project.yml", """
                        name: tiny
                        vars:
                          period_start: '2026-01-01'
                          period_end: '2026-02-01'
                        """)
                .file("models/_sources.yml", """
                        version: 2
                        sources:
                          - name: lake
                            database: hudi
                            schema: lake
                            tables:
                              - name: meter_readings
                        """)
                .file("analyses/energy.sql", """
                        select r.meter_id, sum(r.value) as energy_kwh
                        from {{ source('lake', 'meter_readings') }} r
                        where r.reading_date >= date '{{ var('period_start') }}'
                          and r.reading_date < date '{{ var('period_end') }}'
                        group by 1
                        order by 1
                        """)
                .file("analyses/_analyses.yml", """
                        version: 2
                        analyses:
                          - name: energy
                            config:
                              meta:
                                report:
                                  title: Energy
                                  period: month
                                  time_zone: market
                        """);
    }

    @AfterEach
    void closeLake() {
        lake.close();
    }

    @Test
    void keepsEachFileOfASignedReportUnderManyCorrectionsAndAKilledApply() throws Exception {
        ingest(0);
        Manifest report = signedReport();
        Snapshot signed = snapshots.find(report.snapshotId());
        Map<String, Map<String, PinnedFile>> pinned = new TreeMap<>();
        pinned.put(signed.id(), files(signed));
        for (int number = 1; number <= CORRECTIONS; number++) {
            ingest(number);
            if (number % 8 == 0) {
                Snapshot snapshot = pin("before correction " + number);
                pinned.put(snapshot.id(), files(snapshot));
            }
            assertThat(pinned)
                    .allSatisfy((id, files) -> assertThat(files.values())
                            .allSatisfy(
                                    file -> assertThat(file.path(config.root())).hasSize(file.sizeBytes())));
        }
        assertThat(lake.completedInstants("meter_readings").stream()
                        .filter(instant -> instant.action().equals("clean")))
                .as("cleans in the active timeline")
                .hasSizeGreaterThan(16);
        RetentionPlan plan = plan();
        List<String> dropped = plan.snapshots().stream()
                .filter(one -> !one.kept())
                .map(SnapshotDecision::snapshotId)
                .toList();
        String newest = ((TreeMap<String, Map<String, PinnedFile>>) pinned).lastKey();
        assertThat(dropped).hasSize(4).doesNotContain(signed.id(), newest);
        assertThat(plan.freedBytes()).isPositive();
        assertThat(plan.reports())
                .extracting(RetentionPlan.ReportBytes::reportId)
                .containsExactly(report.reportId());
        assertThat(plan.reports().getFirst().ownBytes()).isPositive();

        for (SnapshotStep step : List.of(SnapshotStep.UNLISTED, SnapshotStep.TABLE_UNPROTECTED, SnapshotStep.DROPPED)) {
            HaltedRetention.run(folder, config, SharedStack.get().trinoUri(), LATER, step);
            requireIntact(signed.id(), newest, pinned);
        }
        new RetentionRun(snapshots, runs(), table -> {}).apply(plan(), RetentionListener.NONE);
        assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly(signed.id(), newest);
        assertThat(new SnapshotProtection(lake)
                        .clean().stream().mapToLong(CleanedSpace::bytes).sum())
                .as("bytes that the clean freed")
                .isEqualTo(plan.freedBytes());
        requireIntact(signed.id(), newest, pinned);
        requireGone(pinned, Set.of(signed.id(), newest));
        ingest(CORRECTIONS + 1);
        requireIntact(signed.id(), newest, pinned);
        assertThat(trino.rows("select sum(value) from hive." + signed.database() + ".meter_readings")
                        .firstColumn())
                .containsExactly("3.000000");
        assertThat(trino.rows("select sum(value) from hudi." + schema + "_lake.meter_readings")
                        .firstColumn())
                .containsExactly(3 * (CORRECTIONS + 2) + ".000000");
    }

    private void requireIntact(String signed, String newest, Map<String, Map<String, PinnedFile>> pinned)
            throws IOException {
        for (String id : List.of(signed, newest)) {
            assertThat(snapshots.verify(snapshots.find(id)).problems()).isEmpty();
            for (PinnedFile file : pinned.getOrDefault(id, Map.of()).values()) {
                assertThat(Sha256.ofFile(file.path(config.root())))
                        .isEqualTo(file.sha256().orElseThrow());
            }
        }
    }

    private void requireGone(Map<String, Map<String, PinnedFile>> pinned, Set<String> kept) {
        Set<String> stay = new HashSet<>();
        kept.forEach(id -> stay.addAll(pinned.getOrDefault(id, Map.of()).keySet()));
        pinned.forEach((id, files) -> files.forEach((name, file) -> {
            // Appended, never replaced: these are live.
            if (!stay.contains(name) && name.startsWith("meter_readings/")) {
                assertThat(file.path(config.root())).doesNotExist();
            }
        }));
    }

    @Test
    void dropsNeitherWhatAViewReadsNorASeedThatIsNamed() throws IOException {
        ingest(0);
        Snapshot published = pin("published");
        Snapshot dropped = pin("dropped");
        Snapshot newest = pin("newest");
        trino.execute("create view hive.%s.energy as select sum(value) as kwh from hive.%s.meter_readings"
                .formatted(schema, published.database()));
        Relation seed = new Relation("hive", schema, "regions");
        Relation stale = seed.withIdentifier("regions__0123456789ab");
        Relation current = seed.withIdentifier("regions__ba9876543210");
        Relation read = seed.withIdentifier("regions__aaaaaaaaaaaa");
        String load = "__20260201_030000_00001_abcde__making";
        Relation unfinished = seed.withIdentifier(current.identifier() + load);
        Relation another = seed.withIdentifier("others__0123456789ab");
        Relation unfinishedOther = seed.withIdentifier(another.identifier() + load);
        for (Relation table : List.of(stale, current, read, unfinished, another, unfinishedOther)) {
            trino.execute("create table " + table.sql() + " as select 'north' as region");
        }
        trino.execute("create view " + seed.sql() + " as select * from " + read.sql());
        RetentionPlan plan = RetentionPlanner.plan(policy(), sources().read(Map.of(seed, current)), LATER);

        assertThat(plan.actions())
                .containsExactly(
                        new RetentionPlan.Action.DropSnapshot(dropped.id()),
                        new RetentionPlan.Action.DropSeed(stale),
                        new RetentionPlan.Action.DropUnfinishedSeed(unfinished));
        new RetentionRun(snapshots, runs(), table -> trino.execute("drop table if exists " + table.sql()))
                .apply(plan, RetentionListener.NONE);
        assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly(published.id(), newest.id());
        assertThat(trino.rows("select kwh from hive." + schema + ".energy").firstColumn())
                .containsExactly("3.000000");
        assertThat(trino.rows("select table_name from hive.information_schema.tables where table_schema = '" + schema
                                + "' and table_name <> 'energy'")
                        .firstColumn())
                .as("those of another project's seeds are not ours")
                .containsExactlyInAnyOrder(
                        "regions",
                        "regions__ba9876543210",
                        "regions__aaaaaaaaaaaa",
                        another.identifier(),
                        unfinishedOther.identifier());
    }

    @Test
    void refusesToDropByHandWhatIsNeeded() throws IOException {
        ingest(0);
        Snapshot read = pin("read");
        Snapshot free = pin("free");
        trino.execute("create view hive.%s.energy as select sum(value) as kwh from hive.%s.meter_readings"
                .formatted(schema, read.database()));
        // Of the snapshot that is there: nothing has changed since.
        Manifest draft = report();
        DropCheck check = check();
        assertThat(draft.snapshotId()).isEqualTo(free.id());
        assertThatThrownBy(() -> check.require(read.id()))
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.hint()).contains("--force"))
                .hasMessageContaining("needed by the view " + schema + ".energy");
        assertThatThrownBy(() -> check.require(free.id()))
                .hasMessageContaining("needed by draft report " + draft.reportId());
        check.requireWithForce(read.id());
        check.requireWithForce(free.id());
        new ReportSigning(reports, records, snapshots, clock).sign(draft.reportId(), "clerk");
        assertThatThrownBy(() -> check().requireWithForce(free.id()))
                .isInstanceOfSatisfying(MeterlakeException.class, e -> {
                    assertThat(e.code()).isEqualTo(RetentionErrorCode.SNAPSHOT_NEEDED);
                    assertThat(e.code().exitCode())
                            .as("what was asked for is refused, and nothing failed")
                            .isEqualTo(ExitCode.USAGE);
                })
                .hasMessageContaining("needed by signed report " + draft.reportId());
    }

    private DropCheck check() {
        return new DropCheck(snapshots, runs(), ReportFact.all(lake, reports), () -> ViewText.all(trino));
    }

    private RetentionSources sources() {
        return new RetentionSources(lake, trino, snapshots, runs(), reports);
    }

    private RetentionPolicy policy() {
        return PolicyFile.read(folder.resolve("retention.yml"));
    }

    private RetentionPlan plan() {
        return RetentionPlanner.plan(policy(), sources().read(Map.of()), LATER);
    }

    private RunRecords runs() {
        return new RunRecords(folder.resolve("runs"));
    }

    private Snapshot pin(String purpose) {
        return snapshots.create(new SnapshotRequest(purpose, List.of(), Optional.empty()));
    }

    /** The files of a snapshot with their checksums. */
    private Map<String, PinnedFile> files(Snapshot snapshot) {
        Map<String, PinnedFile> files = new TreeMap<>();
        for (PinnedTable table : snapshot.tables()) {
            snapshots.recordChecksums(snapshot, table.table(), List.of());
            snapshots.files(snapshot, table.table()).forEach(file -> files.put(file.relativePath(), file));
        }
        return files;
    }

    private Manifest signedReport() {
        Manifest report = report();
        new ReportSigning(reports, records, snapshots, clock).sign(report.reportId(), "clerk");
        return report;
    }

    private Manifest report() {
        Project project = ProjectLoader.load(folder.resolve("project"));
        RelationResolver live = RelationResolver.lakeDatabase(schema + "_lake");
        return new ReportRunner(
                        (snapshot, variables) -> ProjectCompiler.compile(
                                project,
                                CompileOptions.defaults()
                                        .withRelations(new PinnedSources(live, schema + "_lake", snapshot))
                                        .withVars(variables)),
                        SeedReader::read,
                        trino,
                        snapshots,
                        reports,
                        records,
                        clock)
                .run(ReportRequest.now("energy", Period.parse("2026-01"), "initial"), new ReportListener() {})
                .manifest();
    }

    /** Three days' readings, each correction with another value: number + 1. */
    private void ingest(int number) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        Instant recorded = Instant.parse("2026-02-01T00:00:00Z").plus(Duration.ofMinutes(number));
        for (int day = 10; day < 13; day++) {
            text.append("M1,E1,2026-01-%dT10:00:00Z,30,%d,kWh,actual,,%s,Europe/Berlin%n"
                    .formatted(day, number + 1, recorded));
        }
        Path file = Files.writeString(folder.resolve("correction-" + number + ".csv"), text);
        IngestOutcome outcome =
                new Ingest(lake, IngestListener.NONE).ingest(new IngestRequest(file, "north", new CsvFormat()));
        assertThat(outcome.rowsRejected()).isZero();
    }
}
