package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.project.TestProject;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code source freshness} with tables whose newest row is of 10:00 UTC, asked at 12:00 UTC. */
class SourceFreshnessTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private TestProject project;
    private String schema = "";

    @BeforeEach
    void start() {
        schema = SharedStack.get().newSchema("freshness");
        SharedStack.get().trino().execute("""
                create table hive.%s.deliveries as
                select * from (values
                    ('north', timestamp '2026-03-01 10:00:00.000000'),
                    ('south', timestamp '2026-02-27 10:00:00.000000')) as t (utility, received_at)
                """.formatted(schema));
        project = new TestProject(folder.resolve("sql-models"));
    }

    private void sources(String tables) {
        project.file("models/_sources.yml", """
                version: 2
                sources:
                  - name: lake
                    schema: %s
                    config:
                      loaded_at_field: received_at
                      freshness:
                        warn_after: {count: 1, period: hour}
                        error_after: {count: 1, period: day}
                    tables:
                %s
                """.formatted(schema, tables.indent(6)));
    }

    private CommandRun freshness(String... more) {
        String[] line = new String[more.length + 2];
        line[0] = "source";
        line[1] = "freshness";
        System.arraycopy(more, 0, line, 2, more.length);
        return CommandRun.onStackAt(NOON, folder, line);
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper()
                .readTree(project.folder().resolve("target/sources.json").toFile());
    }

    @Test
    void comparesTheNewestRowWithTheThresholds() throws IOException {
        sources("""
                - name: deliveries
                - name: slow
                  identifier: deliveries
                  freshness: {warn_after: {count: 3}}
                - name: southern
                  identifier: deliveries
                  freshness: {filter: utility = 'south'}
                - name: unwatched
                  identifier: deliveries
                  freshness: null
                """);
        CommandRun run = freshness("--output", "json");
        assertThat(run.status()).as(run.err()).isEqualTo(3);
        assertThat(run.err())
                .contains("WARN freshness of lake.deliveries (newest of 2026-03-01T10:00:00Z, 2 h 0 min old)")
                .contains("PASS freshness of lake.slow")
                .contains("STALE freshness of lake.southern (newest of 2026-02-27T10:00:00Z, 2 d 2 h old)")
                .contains("Done: 1 pass, 1 warn, 1 error");
        JsonNode document = document();
        assertThat(new ObjectMapper().readTree(run.out())).isEqualTo(document);
        assertThat(document.at("/metadata/dbt_schema_version").asText()).endsWith("/sources/v3.json");
        assertThat(document.get("results").findValuesAsText("status")).containsExactly("warn", "pass", "error");
        JsonNode southern = document.at("/results/2");
        assertThat(southern.get("unique_id").asText()).isEqualTo("source.shop.lake.southern");
        assertThat(southern.get("max_loaded_at").asText()).isEqualTo("2026-02-27T10:00:00.000000Z");
        assertThat(southern.get("max_loaded_at_time_ago_in_s").asDouble()).isEqualTo(2 * 86_400 + 7_200);
        assertThat(southern.at("/criteria/filter").asText()).isEqualTo("utility = 'south'");
        assertThat(southern.at("/criteria/warn_after/period").asText()).isEqualTo("hour");
        assertThat(freshness("--select", "source:lake.slow").status()).isZero();
        assertThat(document().get("results")).hasSize(1);
    }

    @Test
    void takesAQueryThatReadsTheSourceItself() throws IOException {
        sources("""
                - name: deliveries
                  config:
                    loaded_at_query: "select min(received_at) from {{ this }}"
                """);
        CommandRun run = freshness();
        assertThat(run.status()).as(run.err()).isEqualTo(3);
        assertThat(document().at("/results/0/max_loaded_at").asText()).isEqualTo("2026-02-27T10:00:00.000000Z");
    }

    @Test
    void tellsSourcesThatCannotBeAskedFromOldOnes() throws IOException {
        sources("""
                - name: deliveries
                  loaded_at_field: nothing
                - name: unsaid
                  identifier: deliveries
                  loaded_at_field: null
                """);
        CommandRun run = freshness();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("ERROR in freshness of lake.deliveries: ")
                .contains("Column 'nothing' cannot be resolved")
                .contains("says neither loaded_at_field nor loaded_at_query");
        assertThat(document().get("results").findValuesAsText("status")).containsOnly("runtime error");
    }

    @Test
    void takesASourceWithoutRowsForAnOldOne() throws IOException {
        sources("- name: deliveries\n  freshness: {filter: utility = 'west'}\n");
        CommandRun run = freshness();
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("STALE freshness of lake.deliveries (no rows)");
        assertThat(document().at("/results/0/max_loaded_at").asText()).isEqualTo("0001-01-01T00:00:00.000000Z");
    }

    @Test
    void refusesThresholdsThatMeanNothing() {
        sources("""
                - name: deliveries
                  freshness: {warn_after: {count: soon, period: hours}, fliter: x}
                  loaded_at_query: select 1
                  loaded_at_field: received_at
                """);
        CommandRun run = freshness();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("count: 'soon' is not a whole number")
                .contains("period: 'hours' is not minute, hour or day; did you mean 'hour'?")
                .contains("unknown key fliter in freshness; did you mean 'filter'?")
                .contains("loaded_at_field and loaded_at_query are both there");
    }
}
