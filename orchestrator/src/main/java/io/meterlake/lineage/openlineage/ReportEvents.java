package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportOutcome;
import io.meterlake.report.ReportRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Tells of a report: one job a report's name. Inputs are its Hudi tables with the commits that it read, and its seeds;
 * outputs its files. The nominal time is the period, its days taken as UTC.
 */
public final class ReportEvents implements ReportListener {
    private final EventLog log;
    private final ReportRequest request;
    private final Clock clock;
    private String reportId = "";

    public ReportEvents(EventLog log, ReportRequest request, Clock clock) {
        this.log = log;
        this.request = request;
        this.clock = clock;
    }

    @Override
    public void querying(String reportId) {
        this.reportId = reportId;
        log.send(() -> event(RunEvent.Type.START, clock.instant(), Map.of(), Map.of(), List.of(), List.of()));
    }

    /** The report is made. */
    public void completed(ReportOutcome outcome) {
        log.send(() -> {
            Manifest manifest = outcome.manifest();
            List<Dataset> inputs = new ArrayList<>();
            for (Manifest.Input input : manifest.inputs()) {
                Map<String, ObjectNode> facets = new HashMap<>();
                facets.put("dataSource", Facets.dataSource("trino", log.tableNamespace()));
                Facets.version(input.commits()).ifPresent(version -> facets.put("version", version));
                inputs.add(new Dataset(log.tableNamespace(), log.lakeTable(input.table()), facets));
            }
            for (Manifest.SeedInput seed : manifest.seeds()) {
                inputs.add(new Dataset(
                        log.tableNamespace(),
                        seed.relation(),
                        Map.of(
                                "dataSource", Facets.dataSource("trino", log.tableNamespace()),
                                "version", Facets.version(seed.checksum()))));
            }
            SequencedMap<String, String> columns = new LinkedHashMap<>();
            manifest.columns().forEach(column -> columns.put(column.name(), column.type()));
            List<Dataset> outputs = new ArrayList<>();
            for (Manifest.FileEntry file : manifest.files()) {
                Map<String, ObjectNode> facets = new HashMap<>();
                facets.put("version", Facets.version(file.sha256()));
                if (file.name().endsWith(".csv")) {
                    facets.put("schema", Facets.schema(columns));
                }
                Path path = outcome.folder().resolve(file.name()).toAbsolutePath();
                outputs.add(new Dataset("file", path.toString(), facets));
            }
            return event(RunEvent.Type.COMPLETE, clock.instant(), Map.of(), Map.of(), inputs, outputs);
        });
    }

    /** The report is not made. Nothing is sent if it was refused before it began. */
    public void failed(RuntimeException cause) {
        if (reportId.isEmpty()) {
            return;
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        log.send(() -> event(
                RunEvent.Type.FAIL,
                clock.instant(),
                Map.of("errorMessage", Facets.error(message)),
                Map.of(),
                List.of(),
                List.of()));
    }

    private UUID runId() {
        return RunIds.of(log.jobNamespace(), "report", reportId);
    }

    private RunEvent event(
            RunEvent.Type type,
            Instant at,
            Map<String, ObjectNode> runFacets,
            Map<String, ObjectNode> jobFacets,
            List<Dataset> inputs,
            List<Dataset> outputs) {
        Map<String, ObjectNode> run = new HashMap<>(runFacets);
        log.ancestry().ofCommand().ifPresent(parent -> run.put("parent", parent));
        run.put(
                "nominalTime",
                Facets.nominalTime(
                        request.period().start().atStartOfDay().toInstant(ZoneOffset.UTC),
                        request.period().end().atStartOfDay().toInstant(ZoneOffset.UTC)));
        Map<String, ObjectNode> job = new HashMap<>(jobFacets);
        job.put("jobType", Facets.jobType("REPORT"));
        return new RunEvent(
                type, at, runId(), log.jobNamespace(), "report." + request.name(), run, job, inputs, outputs);
    }
}
