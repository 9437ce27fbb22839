package io.meterlake.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.Selection;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.TestProject;
import io.meterlake.run.BuildScope;
import io.meterlake.run.Plan;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunResult;
import io.meterlake.run.Work;
import io.meterlake.run.WorkResult;
import io.meterlake.run.WorkStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunResultsDocumentTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path folder;

    private CompiledProject project;
    private Plan plan;

    @BeforeEach
    void compile() {
        project = ProjectCompiler.compile(
                new TestProject(folder)
                        .model("energy", "{{ config(materialized='table') }} select 1 as x")
                        .model("meters", "select 2 as x")
                        .model("totals", "select x from {{ ref('energy') }}")
                        .file("tests/assert_energy_is_positive.sql", "select x from {{ ref('energy') }} where x < 0")
                        .load(),
                CompileOptions.defaults());
        plan = Plan.of(project, RunKind.BUILD, BuildScope.of(project, RunKind.BUILD, Selection.ALL));
    }

    private Work work(String name) {
        return plan.works().stream()
                .filter(work -> work.id().endsWith("." + name))
                .findFirst()
                .orElseThrow();
    }

    private WorkResult result(
            String name,
            WorkStatus status,
            String message,
            List<String> queries,
            @Nullable Long rows,
            @Nullable Long failures,
            int from,
            int to) {
        return new WorkResult(
                work(name), status, message, queries, rows, failures, START.plusSeconds(from), START.plusSeconds(to));
    }

    private JsonNode document() throws JsonProcessingException {
        RunResult run = new RunResult(
                List.of(
                        result("meters", WorkStatus.ERROR, "Table not found", List.of("q1"), null, null, 0, 2),
                        result("energy", WorkStatus.SUCCESS, "", List.of("q2"), 7L, null, 0, 3),
                        result("assert_energy_is_positive", WorkStatus.FAIL, "", List.of("q3"), null, 4L, 3, 5),
                        result("totals", WorkStatus.SKIPPED, "needs test", List.of(), null, null, 5, 5)),
                START,
                START.plusMillis(5500));
        return JsonDocuments.tree(RunResultsDocument.of(
                project,
                Invocation.of("build", START, folder),
                Map.of("which", "build"),
                Optional.of("20260301000000000"),
                run,
                START.plusSeconds(6)));
    }

    @Test
    void tellsWhatBecameOfEachNodeInDbtsWords() throws JsonProcessingException {
        JsonNode document = document();
        assertThat(document.at("/metadata/dbt_schema_version").asText()).endsWith("/run-results/v6.json");
        assertThat(document.get("elapsed_time").asDouble()).isEqualTo(5.5);
        assertThat(document.at("/args/which").asText()).isEqualTo("build");
        JsonNode results = document.get("results");
        assertThat(results.findValuesAsText("status")).containsExactly("error", "success", "fail", "skipped");
        assertThat(results.findValuesAsText("unique_id"))
                .containsExactly(
                        "model.shop.meters",
                        "model.shop.energy",
                        "test.shop.assert_energy_is_positive",
                        "model.shop.totals");
        assertThat(results.at("/0/message").asText()).isEqualTo("Table not found");
        assertThat(results.at("/2/failures").asInt()).isEqualTo(4);
        assertThat(results.at("/2/message").asText()).isEqualTo("Got 4 results, configured to fail if != 0");
    }

    @Test
    void namesTheQueriesTheRowsAndTheSnapshot() throws JsonProcessingException {
        JsonNode energy = document().at("/results/1");
        assertThat(energy.at("/adapter_response/query_id").asText()).isEqualTo("q2");
        assertThat(energy.at("/adapter_response/rows_affected").asInt()).isEqualTo(7);
        assertThat(energy.at("/adapter_response/snapshot").asText()).isEqualTo("20260301000000000");
        assertThat(energy.get("relation_name").asText()).isEqualTo("\"hive\".\"marts\".\"energy\"");
        assertThat(energy.get("compiled_code").asText().strip()).isEqualTo("select 1 as x");
        assertThat(energy.get("execution_time").asDouble()).isEqualTo(3.0);
        assertThat(energy.at("/timing/0/name").asText()).isEqualTo("execute");
        assertThat(energy.at("/timing/0/completed_at").asText()).isEqualTo("2026-03-01T00:00:03.000000Z");
    }

    @Test
    void nothingOverlapsInALane() throws JsonProcessingException {
        assertThat(document().get("results").findValuesAsText("thread_id"))
                .as("meters and energy side by side, then the lowest lane that is free")
                .containsExactly("Thread-1", "Thread-2", "Thread-1", "Thread-1");
    }

    @Test
    void aSkippedNodeTookNoTime() throws JsonProcessingException {
        JsonNode skipped = document().at("/results/3");
        assertThat(skipped.get("timing")).isEmpty();
        assertThat(skipped.get("adapter_response")).isEmpty();
    }
}
