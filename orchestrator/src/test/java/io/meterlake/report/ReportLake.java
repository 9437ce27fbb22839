package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Selection;
import io.meterlake.engine.Trino;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lineage.LakeLineage;
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
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A small lake with readings in it and a project with one report, {@code energy}, over the real servers. */
public final class ReportLake implements AutoCloseable {
    private static final String HEADER = "meter_id,channel,interval_start,interval_minutes,value,unit,quality,"
            + "quality_code,recorded_at,time_zone\n";

    final Path folder;
    final Trino trino = SharedStack.get().trino();
    final Clock clock = new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1));
    public final String schema = SharedStack.get().newSchema("proof");
    public final Lake lake;
    final ReportFiles files;
    final ProjectFolder project;

    /** A lake with a project of its own. */
    public ReportLake(Path folder, int retentionHours) {
        this(folder, retentionHours, ReportLake::tinyProject);
    }

    /** A lake with a copy of {@code sql-models}, whose report is {@code settlement}, and contracts for three meters. */
    static ReportLake withSqlModels(Path folder, int retentionHours) {
        return new ReportLake(folder, retentionHours, ReportLake::sqlModels);
    }

    /** @param retentionHours how long the cleaner leaves files that were replaced; 0: it takes all that it may */
    private ReportLake(Path folder, int retentionHours, BiFunction<ProjectFolder, String, ProjectFolder> make) {
        this.folder = folder;
        URI metastore = SharedStack.get().metastoreUri();
        lake = Lake.open(
                LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                        .withDatabase(schema + "_lake")
                        .withBuckets(1)
                        .withRetentionHours(retentionHours),
                clock);
        files = new ReportFiles(folder.resolve("reports"));
        project = make.apply(new ProjectFolder(folder.resolve("project")), schema);
    }

    /**
     * Ingests a file of half-hourly kWh.
     *
     * @param recordedAt when its values were recorded
     * @param rows {@code meter start value quality}, such as {@code M1 2026-01-25T10:00:00Z 1.5 actual}
     */
    public IngestOutcome ingest(String name, String recordedAt, String... rows) {
        StringBuilder text = new StringBuilder(HEADER);
        for (String row : rows) {
            String[] values = row.split(" ", -1);
            text.append(String.join(
                            ",",
                            values[0],
                            "E1",
                            values[1],
                            "30",
                            values[2],
                            "kWh",
                            values[3],
                            "",
                            recordedAt,
                            "Europe/Berlin"))
                    .append('\n');
        }
        try {
            Path file = Files.writeString(folder.resolve(name), text);
            IngestOutcome outcome =
                    new Ingest(lake, IngestListener.NONE).ingest(new IngestRequest(file, "north", new CsvFormat()));
            assertThat(outcome.rowsRejected()).as(outcome.reason()).isZero();
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the seeds as they are now. */
    public void loadSeeds() {
        Project loaded = project.load();
        CompiledProject compiled = compile(loaded, RelationResolver.AS_DECLARED, Map.of());
        Plan plan = Plan.of(compiled, RunKind.SEED, BuildScope.of(compiled, RunKind.SEED, Selection.ALL));
        new PlanRunner(trino, SeedReader::read, 2, clock).run(plan, new RunListener() {});
    }

    /** Makes a report of the data as they are now. */
    public ReportOutcome report(String name, String period, String runType) {
        return runner(records()).run(ReportRequest.now(name, Period.parse(period), runType), new ReportListener() {});
    }

    ReportRunner runner(ReportRecords records) {
        Project loaded = project.load();
        RelationResolver live = RelationResolver.lakeDatabase(schema + "_lake");
        return new ReportRunner(
                (snapshot, variables) ->
                        compile(loaded, new PinnedSources(live, schema + "_lake", snapshot), variables),
                SeedReader::read,
                trino,
                snapshots(),
                files,
                records,
                clock);
    }

    private static CompiledProject compile(Project project, RelationResolver sources, Map<String, Object> variables) {
        return ProjectCompiler.compile(
                project,
                CompileOptions.defaults()
                        .withRelations(new ImmutableSeeds(sources, SeedReader::read))
                        .withVars(variables));
    }

    /** Signs a report. */
    public ReportSigning.Signed sign(String reportId) {
        return signing().sign(reportId, "clerk");
    }

    ReportSigning signing() {
        return new ReportSigning(files, records(), snapshots(), clock);
    }

    ReportCheck verify(String reportId) {
        return new ReportVerification(files, records(), snapshots(), trino).verify(reportId);
    }

    ReportReproduction reproduction() {
        return new ReportReproduction(files, records(), snapshots(), trino);
    }

    ReportRecords records() {
        return new ReportRecords(files, lineage(), new LakeReports(lake));
    }

    LakeLineage lineage() {
        return new LakeLineage(lake);
    }

    LineageCheck verifyLineage() {
        return new LineageVerification(files, records()).check();
    }

    /** The lake's snapshots. */
    public Snapshots snapshots() {
        return new Snapshots(lake);
    }

    /** The rows of a live table of the lake, values separated by {@code |}. */
    List<String> live(String select, String table, String where) {
        return trino
                .rows("select %s from hudi.%s_lake.%s where %s order by 1".formatted(select, schema, table, where))
                .rows()
                .stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    @Override
    public void close() {
        lake.close();
    }

    /** A project's files. */
    record ProjectFolder(Path folder) {
        ProjectFolder file(String name, String text) {
            Path file = folder.resolve(name);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        ProjectFolder model(String name, String sql) {
            return file("models/" + name + ".sql", sql);
        }

        Project load() {
            return ProjectLoader.load(folder);
        }
    }

    private static ProjectFolder sqlModels(ProjectFolder project, String schema) {
        Path models = Path.of("../sql-models");
        try (Stream<Path> paths = Files.walk(models)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                project.file(models.relativize(path).toString(), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project.file("macros/generate_schema_name.sql", """
                        {%% macro generate_schema_name(custom_schema_name, node) -%%}
                        %s
                        {%%- endmacro %%}
                        """.formatted(schema))
                .file("seeds/partners.csv", """
                        partner_id,partner_name,valid_from,valid_to
                        hill,Hill,2026-01-01,
                        sea,Sea,2026-01-01,
                        """)
                .file("seeds/partner_meters.csv", """
                        meter_id,partner_id,valid_from,valid_to
                        M1,hill,2026-01-01,
                        M2,hill,2026-01-01,2026-01-26
                        M2,sea,2026-01-26,
                        """);
    }

    private static ProjectFolder tinyProject(ProjectFolder project, String schema) {
        return project.file("dbt_project.yml", """
                        name: tiny
                        vars:
                          period_start: '2026-01-01'
                          period_end: '2026-02-01'
                        models:
                          tiny:
                            +schema: %1$s
                        seeds:
                          tiny:
                            +schema: %1$s
                        """.formatted(schema))
                .file("macros/names.sql", """
                        {% macro generate_schema_name(custom_schema_name, node) -%}
                        {{ custom_schema_name | trim }}
                        {%- endmacro %}
                        """)
                .file("seeds/contracts.csv", "meter_id,partner_id\nM1,hill\nM2,hill\nM3,sea\n")
                .file("models/_sources.yml", """
                        version: 2
                        sources:
                          - name: lake
                            database: hudi
                            schema: lake
                            tables:
                              - name: meter_readings
                        """)
                .model("readings", """
                        select
                            meter_id,
                            channel,
                            'consumption' as flow_direction,
                            reading_date,
                            cast(interval_start as timestamp(6)) as interval_start_at,
                            interval_minutes,
                            case when quality <> 'missing' and quality <> 'withdrawn'
                                then cast(value as decimal(27, 9)) end as energy_kwh,
                            value as reading_value,
                            unit,
                            quality,
                            source_file,
                            file_checksum,
                            cast(recorded_at as timestamp(6)) as recorded_at,
                            cast(received_at as timestamp(6)) as received_at
                        from {{ source('lake', 'meter_readings') }}
                        """)
                .model("days", """
                        select
                            c.partner_id,
                            r.meter_id,
                            r.channel,
                            r.flow_direction,
                            r.reading_date,
                            coalesce(sum(r.energy_kwh), cast(0 as decimal(38, 9))) as energy_kwh
                        from {{ ref('readings') }} r
                        join {{ ref('contracts') }} c on c.meter_id = r.meter_id
                        group by 1, 2, 3, 4, 5
                        """)
                .file("analyses/energy.sql", """
                        select partner_id, flow_direction, cast(sum(energy_kwh) as decimal(38, 6)) as energy_kwh
                        from {{ ref('days') }}
                        where reading_date >= date '{{ var('period_start') }}'
                          and reading_date < date '{{ var('period_end') }}'
                        group by partner_id, flow_direction
                        order by partner_id, flow_direction
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
                                  totals:
                                    group_by: [partner_id, flow_direction]
                                    sum: energy_kwh
                                  partner: partner_id
                                  detail: days
                                  readings: readings
                        """);
    }
}
