package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Selection;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.project.Project;
import io.meterlake.project.TestProject;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** A lake of readings and a project over it, for tests of incremental models. */
final class IncrementalProject implements AutoCloseable {
    private static final String HEADER = "meter_id,channel,interval_start,interval_minutes,value,unit,quality,"
            + "quality_code,recorded_at,time_zone\n";

    final Trino trino = SharedStack.get().trino();
    final TestProject project;
    final Lake lake;
    final String schema;

    private final Clock clock = new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1));
    private final Path folder;
    private int deliveries;

    /** A reading of noon: its day, its meter, its value in kWh. */
    record Reading(LocalDate day, String meter, int value) {}

    IncrementalProject(Path folder) {
        this.folder = folder;
        this.schema = SharedStack.get().newSchema("incremental");
        URI metastore = SharedStack.get().metastoreUri();
        this.lake = Lake.open(
                LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                        .withDatabase(schema + "_lake")
                        .withBuckets(1),
                clock);
        this.project = new TestProject(folder.resolve("project"))
                .takingSchemasAsTheyAre()
                .file("dbt_project.yml", """
                        name: shop
                        models:
                          shop:
                            +schema: %1$s
                        seeds:
                          shop:
                            +schema: %1$s
                        """.formatted(schema))
                .file("models/_sources.yml", """
                        version: 2
                        sources:
                          - name: lake
                            database: hudi
                            schema: lake
                            tables:
                              - name: meter_readings
                                config: {event_time: reading_date}
                              - name: ingested_files
                        """);
    }

    /** Takes in a file; what it says of an interval goes before what files before it said. */
    void deliver(Reading... readings) {
        deliver(List.of(readings));
    }

    void deliver(List<Reading> readings) {
        deliveries++;
        StringBuilder text = new StringBuilder(HEADER);
        Instant recorded = Instant.parse("2026-02-01T00:00:00Z").plus(Duration.ofMinutes(deliveries));
        for (Reading reading : readings) {
            text.append("%s,E1,%sT11:00:00Z,30,%d,kWh,actual,,%s,Europe/Berlin%n"
                    .formatted(reading.meter(), reading.day(), reading.value(), recorded));
        }
        try {
            Path file = Files.writeString(folder.resolve("delivery-" + deliveries + ".csv"), text);
            assertThat(new Ingest(lake, IngestListener.NONE)
                            .ingest(new IngestRequest(file, "north", new CsvFormat()))
                            .rowsRejected())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading reading(String day, String meter, int value) {
        return new Reading(LocalDate.parse(day), meter, value);
    }

    /** Builds everything, which goes well. */
    RunResult build() {
        return build(Rebuild.CHANGED);
    }

    RunResult build(Rebuild rebuild) {
        RunResult result = run(rebuild, new RunListener() {});
        assertThat(result.results())
                .as("what went wrong")
                .filteredOn(one -> !one.status().letsOthersGoOn())
                .extracting(one -> one.work().label() + ": " + one.message())
                .isEmpty();
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        return result;
    }

    RunResult run(Rebuild rebuild, RunListener listener) {
        return run(Selection.ALL, rebuild, listener);
    }

    RunResult run(Selection selection, Rebuild rebuild, RunListener listener) {
        return snapshotRun().run(compiled(), request(selection, rebuild), listener);
    }

    static Selection only(String... nodes) {
        return new Selection(List.of(nodes), List.of(), Set.of());
    }

    /** Goes on with the last run. */
    RunResult resume() {
        LastRun last = LastRun.of(records());
        assertThat(last).isInstanceOf(LastRun.Unfinished.class);
        return snapshotRun()
                .resume(
                        compiled(),
                        request(Selection.ALL, Rebuild.CHANGED),
                        (LastRun.Unfinished) last,
                        new RunListener() {});
    }

    private static RunRequest request(Selection selection, Rebuild rebuild) {
        return RunRequest.of(RunKind.BUILD, selection).with(rebuild);
    }

    CompiledProject compiled() {
        return compile(project.load(), RelationResolver.lakeDatabase(schema + "_lake"));
    }

    private SnapshotRun snapshotRun() {
        Project loaded = project.load();
        return new SnapshotRun(
                trino,
                lake,
                records(),
                new SnapshotRun.Sources(RelationResolver.lakeDatabase(schema + "_lake"), schema + "_lake"),
                relations -> compile(loaded, relations),
                (id, drop) -> drop.run(),
                2,
                clock);
    }

    private static CompiledProject compile(Project project, RelationResolver relations) {
        return ProjectCompiler.compile(project, CompileOptions.defaults().withRelations(relations));
    }

    RunRecords records() {
        return new RunRecords(folder.resolve("runs"));
    }

    Snapshots snapshots() {
        return new Snapshots(lake);
    }

    /** The published rows of a model, as texts in order. */
    List<String> rows(String model) {
        return rowsOf("hive.%s.%s".formatted(schema, model));
    }

    /** The rows of the build of the newest run, published or not. */
    List<String> rowsOfLastRun(String model) {
        return rowsOf(built(records().all().getLast(), model));
    }

    String built(RunRecord run, String model) {
        return "hive.snap_%s__%s.%s".formatted(run.snapshotId(), schema, model);
    }

    List<String> rowsOf(String relation) {
        return trino.rows("select * from " + relation).rows().stream()
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    /** What was said of a model's work. */
    static String told(RunResult result, String model) {
        return result.results().stream()
                .filter(one -> one.work().id().endsWith("." + model))
                .map(WorkResult::message)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        lake.close();
    }
}
