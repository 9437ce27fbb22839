package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Relation;
import io.meterlake.run.CarriedRows;
import io.meterlake.run.RunResult;
import io.meterlake.run.Work;
import io.meterlake.run.WorkResult;
import io.meterlake.run.WorkStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** run_results.json, version 6: what became of each node of a run, in the order in which they ended. */
public final class RunResultsDocument {
    private RunResultsDocument() {}

    /**
     * The document.
     *
     * @param project compiled with the published names, as in the manifest
     * @param arguments what the command was given
     * @param snapshot the snapshot that was read, if one was
     * @param generated when the document is made
     */
    public static String of(
            CompiledProject project,
            Invocation invocation,
            Map<String, @Nullable Object> arguments,
            Optional<String> snapshot,
            RunResult run,
            Instant generated) {
        Map<WorkResult, Integer> lanes = lanes(run.results());
        List<Object> results = new ArrayList<>();
        for (WorkResult result : run.results()) {
            results.add(result(project, result, lanes.getOrDefault(result, 1), snapshot));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("metadata", invocation.metadata("run-results/v6", project.options(), generated));
        document.put("results", results);
        document.put("elapsed_time", seconds(run.elapsed()));
        document.put("args", arguments);
        return JsonDocuments.compact(document);
    }

    private static Map<String, @Nullable Object> result(
            CompiledProject project, WorkResult result, int lane, Optional<String> snapshot) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("status", result.status().word());
        document.put("timing", timing(result));
        document.put("thread_id", "Thread-" + lane);
        document.put("execution_time", seconds(result.elapsed()));
        document.put("adapter_response", adapterResponse(result, snapshot));
        document.put("message", message(result));
        document.put("failures", result.failures());
        document.put("unique_id", result.work().id());
        Optional<String> sql = sql(result.work());
        document.put("compiled", sql.isPresent());
        document.put("compiled_code", sql.orElse(null));
        document.put(
                "relation_name",
                project.node(result.work().id())
                        .flatMap(CompiledNode::builtAs)
                        .map(Relation::sql)
                        .orElse(null));
        document.put("batch_results", batches(result));
        return document;
    }

    /** The days of a model with days, as dbt writes its batches; null for all else. They go well or fail together. */
    private static @Nullable Map<String, List<List<String>>> batches(WorkResult result) {
        if (!(result.work() instanceof Work.BuildTable table)
                || !(table.carried() instanceof CarriedRows.OtherDays days)
                || result.status() == WorkStatus.SKIPPED) {
            return null;
        }
        List<List<String>> built = days.days().each().stream()
                .map(day -> List.of(day + "T00:00:00+00:00", day.plusDays(1) + "T00:00:00+00:00"))
                .toList();
        boolean isBuilt = result.status() == WorkStatus.SUCCESS;
        Map<String, List<List<String>>> batches = new LinkedHashMap<>();
        batches.put("successful", isBuilt ? built : List.of());
        batches.put("failed", isBuilt ? List.of() : built);
        return batches;
    }

    /** A skipped node did nothing that took time. The whole project is compiled before, and no node has its share. */
    private static List<Map<String, String>> timing(WorkResult result) {
        if (result.status() == WorkStatus.SKIPPED) {
            return List.of();
        }
        Map<String, String> execute = new LinkedHashMap<>();
        execute.put("name", "execute");
        execute.put("started_at", Invocation.text(result.started()));
        execute.put("completed_at", Invocation.text(result.ended()));
        return List.of(execute);
    }

    private static Map<String, Object> adapterResponse(WorkResult result, Optional<String> snapshot) {
        if (result.status() == WorkStatus.SKIPPED) {
            return Map.of();
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("_message", result.status().word().toUpperCase(Locale.ROOT));
        if (result.rows() != null) {
            response.put("rows_affected", result.rows());
        }
        if (!result.queryIds().isEmpty()) {
            // dbt-trino's key has room for one: the statement that did the work is the last.
            response.put("query_id", result.queryIds().getLast());
            response.put("query_ids", result.queryIds());
        }
        snapshot.ifPresent(id -> response.put("snapshot", id));
        relation(result.work()).ifPresent(built -> response.put("built_as", built.sql()));
        return response;
    }

    private static @Nullable String message(WorkResult result) {
        if (!result.message().isEmpty()) {
            return result.message();
        }
        if (result.work() instanceof Work.RunTest test
                && (result.status() == WorkStatus.FAIL || result.status() == WorkStatus.WARN)) {
            boolean fails = result.status() == WorkStatus.FAIL;
            return "Got %d results, configured to %s if %s"
                    .formatted(
                            result.failures(),
                            fails ? "fail" : "warn",
                            fails ? test.config().errorIf() : test.config().warnIf());
        }
        return null;
    }

    /** What ran, with the names that the run itself builds under. */
    private static Optional<String> sql(Work work) {
        return switch (work) {
            case Work.LoadSeed seed -> Optional.empty();
            case Work.BuildView view -> Optional.of(view.sql());
            case Work.BuildTable table -> Optional.of(table.sql());
            case Work.RunTest test -> Optional.of(test.sql());
            case Work.RunUnitTest _ -> Optional.empty();
        };
    }

    private static Optional<Relation> relation(Work work) {
        return switch (work) {
            case Work.LoadSeed seed -> Optional.of(seed.relation());
            case Work.BuildView view -> Optional.of(view.relation());
            case Work.BuildTable table -> Optional.of(table.relation());
            case Work.RunTest _, Work.RunUnitTest _ -> Optional.empty();
        };
    }

    /**
     * Which of the works that went on side by side had which lane: the lowest that was free when it began. Readers draw a
     * run by them. No two of one lane overlap.
     */
    private static Map<WorkResult, Integer> lanes(List<WorkResult> results) {
        List<Instant> freeAt = new ArrayList<>();
        Map<WorkResult, Integer> lanes = new HashMap<>();
        List<WorkResult> begun = results.stream()
                .sorted(Comparator.comparing(WorkResult::started))
                .toList();
        for (WorkResult result : begun) {
            int lane = 0;
            while (lane < freeAt.size() && freeAt.get(lane).isAfter(result.started())) {
                lane++;
            }
            if (lane == freeAt.size()) {
                freeAt.add(result.ended());
            } else {
                freeAt.set(lane, result.ended());
            }
            lanes.put(result, lane + 1);
        }
        return lanes;
    }

    private static double seconds(Duration elapsed) {
        return elapsed.toNanos() / 1e9;
    }
}
