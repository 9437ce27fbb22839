package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.error.ExitCode;
import io.meterlake.lineage.TableCommit;
import io.meterlake.project.Column;
import io.meterlake.project.Relation;
import io.meterlake.project.ResourceType;
import io.meterlake.run.Plan;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunResult;
import io.meterlake.run.WorkResult;
import io.meterlake.run.WorkStatus;
import io.meterlake.snapshot.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a run: one job for the command and one for each seed, model and test, whose run names the command's as its
 * parent. A source's version is the last commit that the run's snapshot holds. Skipped works ran nothing and send
 * nothing.
 */
public final class RunEvents implements RunListener {
    private final EventLog log;
    private CompiledProject project;
    private final String job;
    private final Clock clock;
    private final Map<String, ObjectNode> versions = new HashMap<>();
    private Instant started = Instant.EPOCH;
    private @Nullable ColumnFacets columns;
    private boolean toldOfColumns;

    /**
     * @param project as declared, until the run has pinned what it reads
     * @param command such as {@code build}
     */
    public RunEvents(EventLog log, CompiledProject project, String command, Clock clock) {
        this.log = log;
        this.project = project;
        this.job = project.project().name() + "." + command;
        this.clock = clock;
    }

    @Override
    public void pinned(Snapshot snapshot, CompiledProject compiled) {
        project = compiled;
        columns = null;
        for (CompiledNode node : compiled.nodes()) {
            if (node instanceof CompiledNode.Source source) {
                snapshot.table(source.resource().declared().identifier())
                        .flatMap(pinned -> Facets.version(pinned.instants().stream()
                                .map(one -> new TableCommit(one.requested(), one.completed(), one.action()))
                                .toList()))
                        .ifPresent(version -> versions.put(source.uniqueId(), version));
            }
        }
    }

    @Override
    public void started(Plan plan, int threads) {
        started = clock.instant();
        log.send(() -> command(RunEvent.Type.START, started, Map.of()));
    }

    @Override
    public void ended(int position, int total, WorkResult result) {
        if (result.status() == WorkStatus.SKIPPED) {
            return;
        }
        boolean failed = result.status() == WorkStatus.ERROR || result.status() == WorkStatus.FAIL;
        log.send(() -> work(RunEvent.Type.START, result.started(), result));
        log.send(() -> work(failed ? RunEvent.Type.FAIL : RunEvent.Type.COMPLETE, result.ended(), result));
    }

    @Override
    public void ended(RunResult result) {
        boolean done = result.exitCode() == ExitCode.OK;
        log.send(() -> command(
                done ? RunEvent.Type.COMPLETE : RunEvent.Type.FAIL,
                result.ended(),
                done
                        ? Map.of()
                        : Map.of(
                                "errorMessage",
                                Facets.error("%d errors, %d failed tests"
                                        .formatted(result.count(WorkStatus.ERROR), result.count(WorkStatus.FAIL))))));
    }

    private UUID runId() {
        return RunIds.of(log.jobNamespace(), job, started.toString());
    }

    private RunEvent command(RunEvent.Type type, Instant at, Map<String, ObjectNode> more) {
        Map<String, ObjectNode> facets = new HashMap<>(more);
        log.ancestry().ofCommand().ifPresent(parent -> facets.put("parent", parent));
        return new RunEvent(
                type,
                at,
                runId(),
                log.jobNamespace(),
                job,
                facets,
                Map.of("jobType", Facets.jobType("DAG")),
                List.of(),
                List.of());
    }

    private RunEvent work(RunEvent.Type type, Instant at, WorkResult result) {
        CompiledNode node = project.node(result.work().id()).orElseThrow();
        Map<String, ObjectNode> run = new HashMap<>();
        run.put("parent", log.ancestry().ofWork(runId(), log.jobNamespace(), job));
        if (type == RunEvent.Type.FAIL) {
            run.put(
                    "errorMessage",
                    Facets.error(
                            result.failures() == null ? result.message() : "found " + result.failures() + " faults"));
        }
        Map<String, ObjectNode> jobFacets = new HashMap<>();
        jobFacets.put("jobType", Facets.jobType(node.resourceType().word().toUpperCase(Locale.ROOT)));
        node.compiled().ifPresent(sql -> jobFacets.put("sql", Facets.sql(sql.sql())));
        List<Dataset> inputs = new ArrayList<>();
        for (String id : node.dependsOn()) {
            project.node(id)
                    .filter(input -> input.builtAs().isPresent())
                    .ifPresent(input -> inputs.add(dataset(input)));
        }
        List<Dataset> outputs = new ArrayList<>();
        if (node.builtAs().isPresent()) {
            Dataset built = dataset(node);
            outputs.add(type == RunEvent.Type.COMPLETE ? withColumns(built, node) : built);
        }
        return new RunEvent(
                type,
                at,
                RunIds.of(runId().toString(), node.uniqueId()),
                log.jobNamespace(),
                node.uniqueId(),
                run,
                jobFacets,
                inputs,
                outputs);
    }

    /** The event goes out without the facet if it cannot be made. */
    private Dataset withColumns(Dataset built, CompiledNode node) {
        if (!(node instanceof CompiledNode.Model)) {
            return built;
        }
        try {
            return columnFacets()
                    .of(node)
                    .map(facet -> built.with("columnLineage", facet))
                    .orElse(built);
        } catch (RuntimeException e) {
            if (!toldOfColumns) {
                toldOfColumns = true;
                log.warn("Cannot tell OpenLineage what columns are made from: " + e);
            }
            return built;
        }
    }

    /** Made for the first model: who sends nothing need not wait for it. */
    private ColumnFacets columnFacets() {
        ColumnFacets made = columns;
        if (made == null) {
            made = new ColumnFacets(project, log.tableNamespace());
            columns = made;
        }
        return made;
    }

    private Dataset dataset(CompiledNode node) {
        Relation relation = ColumnFacets.address(node).orElseThrow();
        Map<String, ObjectNode> facets = new HashMap<>();
        facets.put("dataSource", Facets.dataSource("trino", log.tableNamespace()));
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        for (Column column : node.resource().columns()) {
            columns.put(column.name(), column.dataType() == null ? "" : column.dataType());
        }
        if (!columns.isEmpty()) {
            facets.put("schema", Facets.schema(columns));
        }
        ObjectNode version = node.resourceType() == ResourceType.SOURCE ? versions.get(node.uniqueId()) : null;
        if (version != null) {
            facets.put("version", version);
        }
        return new Dataset(log.tableNamespace(), relation.dotted(), facets);
    }
}
