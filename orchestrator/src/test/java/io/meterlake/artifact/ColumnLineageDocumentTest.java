package io.meterlake.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.columns.ProjectColumns;
import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.project.TestProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColumnLineageDocumentTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    private Path folder;

    private String document() {
        ProjectColumns columns = ProjectColumns.of(ProjectCompiler.compile(
                new TestProject(folder)
                        .file(
                                "models/_s.yml",
                                "sources: [{name: lake, database: hudi, tables: [{name: r, columns: [{name: id}]}, {name: q}]}]\n")
                        .model("first", "select id as key from {{ source('lake', 'r') }} where id > 0")
                        .model("second", "select max(key) as last from {{ ref('first') }}")
                        .model("unclear", "select * from {{ source('lake', 'q') }}")
                        .load(),
                CompileOptions.defaults()));
        return ColumnLineageDocument.of(columns, Invocation.of("generate", NOW, folder), NOW);
    }

    @Test
    void namesOriginsOneStepUpAndSourcesAllTheWay() throws IOException {
        JsonNode document = new ObjectMapper().readTree(document());

        assertThat(document.at("/metadata/format").asText()).isEqualTo("meterlake/column-lineage");
        assertThat(document.at("/metadata/version").asInt()).isEqualTo(1);
        assertThat(document.at("/metadata/generated_at").asText()).isEqualTo("2026-02-01T00:00:00.000000Z");
        JsonNode second = document.at("/nodes/model.shop.second");
        assertThat(second.at("/columns/last"))
                .hasToString(
                        "{\"origins\":[{\"node\":\"model.shop.first\",\"column\":\"key\",\"kinds\":[\"aggregation\"]}],"
                                + "\"sources\":[{\"node\":\"source.shop.lake.r\",\"column\":\"id\",\"kinds\":[\"aggregation\"]}]}");
        assertThat(second.at("/rows"))
                .hasToString("{\"origins\":[],"
                        + "\"sources\":[{\"node\":\"source.shop.lake.r\",\"column\":\"id\",\"kinds\":[\"filter\"]}]}");
        assertThat(second.at("/unresolved").isEmpty()).isTrue();
        assertThat(document.at("/nodes/model.shop.unclear/unresolved/0").asText())
                .isEqualTo("* of hudi.lake.q, whose columns are not known");
        assertThat(document.at("/nodes/source.shop.lake.r/columns").has("id")).isTrue();
    }

    @Test
    void isTheSameForTheSameProject() {
        assertThat(document()).isEqualTo(document());
    }
}
