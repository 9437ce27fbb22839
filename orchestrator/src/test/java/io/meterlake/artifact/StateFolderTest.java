package io.meterlake.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.Selection;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.project.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project: lake.r → stg → mid → top; partners, pasted and other stand alone. */
final class StateFolderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void writeAndKeepTheState() {
        project = new TestProject(folder.resolve("project"))
                .file(
                        "macros/energy.sql",
                        "{% macro kwh() %}kwh{% endmacro %}{% macro inner() %}{{ kwh() }}{% endmacro %}")
                .file("models/_lake.yml", "sources:\n  - name: lake\n    tables: [{name: r}]\n")
                .file("seeds/partners.csv", "id\n1\n")
                .model("stg", "select {{ inner() }} as x from {{ source('lake', 'r') }}")
                .model("mid", "{{ config(materialized='table', tags=['a']) }}select * from {{ ref('stg') }}")
                .model("top", "select * from {{ ref('mid') }}")
                .model("pasted", "{{ config(materialized='ephemeral') }}select 1 as x")
                .model("other", "select 2 as x")
                .file(
                        "models/_models.yml",
                        "models:\n  - name: mid\n    columns: [{name: x, data_tests: [not_null]}]\n");
        CompiledProject compiled = compile();
        Invocation invocation = Invocation.of("build", NOW, folder);
        write("manifest.json", ManifestDocument.of(compiled, invocation, NOW));
    }

    private CompiledProject compile() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(folder.resolve("state"));
            Files.writeString(folder.resolve("state").resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private StateFolder state() {
        return StateFolder.read(folder.resolve("state"), folder.resolve("project/target"));
    }

    private List<String> selected(String... select) {
        return compile().select(new Selection(List.of(select), List.of(), Set.of(), state())).stream()
                .map(CompiledNode::name)
                .sorted()
                .toList();
    }

    @Test
    void findsNothingWhereNothingChanged() {
        assertThat(selected("state:modified+")).isEmpty();
        assertThat(selected("state:new")).isEmpty();
        assertThat(selected("state:unmodified", "state:old"))
                .containsExactly("mid", "not_null_mid_x", "other", "partners", "pasted", "r", "stg", "top");
    }

    @Test
    void tellsTheTextFromTheSettingsAndTheName() {
        project.model("other", "select 3 as x")
                .model("top", "{{ config(materialized='table') }}select * from {{ ref('mid') }}")
                .file("models/_models.yml", """
                        models:
                          - {name: other, description: told}
                          - {name: pasted, config: {alias: glued}}
                          - {name: mid, config: {tags: [b]}, columns: [{name: x, data_tests: [not_null]}]}
                        """)
                .file("seeds/partners.csv", "id\n2\n");
        assertThat(selected("state:modified")).containsExactly("other", "partners", "pasted", "top");
        assertThat(selected("state:modified.body")).containsExactly("other", "partners", "top");
        assertThat(selected("state:modified.configs")).containsExactly("top");
        assertThat(selected("state:modified.relation")).containsExactly("pasted");
        assertThat(selected("state:modified,config.materialized:table")).containsExactly("top");
    }

    @Test
    void findsWhatIsNewAndWhatReadsIt() {
        project.model("fresh", "select 1 as x").model("top", "select * from {{ ref('mid') }} where 1 = 1");
        assertThat(selected("state:new")).containsExactly("fresh");
        assertThat(selected("state:modified")).containsExactly("fresh", "top");
        assertThat(selected("1+state:modified")).containsExactly("fresh", "mid", "not_null_mid_x", "top");
    }

    @Test
    void findsWhoCallsAChangedMacroThroughOthers() {
        project.file(
                "macros/energy.sql", "{% macro kwh() %}mwh{% endmacro %}{% macro inner() %}{{ kwh() }}{% endmacro %}");
        assertThat(selected("state:modified.macros")).containsExactly("stg");
        assertThat(selected("state:modified")).containsExactly("stg");
        assertThat(selected("state:modified.body")).isEmpty();
    }

    @Test
    void findsASourceThatMoved() {
        project.file("models/_lake.yml", "sources:\n  - name: lake\n    schema: pond\n    tables: [{name: r}]\n");
        assertThat(selected("state:modified+")).contains("r", "stg", "top").doesNotContain("other");
    }

    @Test
    void selectsByResultsAndByFresherSources() throws IOException {
        write("run_results.json", """
                {"results": [{"unique_id": "model.shop.mid", "status": "error"},
                  {"unique_id": "model.shop.top", "status": "skipped"}]}
                """);
        assertThat(selected("result:error+")).containsExactly("mid", "not_null_mid_x", "top");
        assertThat(selected("result:skipped")).containsExactly("top");
        assertThat(selected("result:fail")).isEmpty();

        assertThatThrownBy(() -> selected("source_status:fresher"))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("nobody has asked yet how old the sources are");
        write("sources.json", sources("2026-02-28T10:00:00.000000Z"));
        Files.createDirectories(folder.resolve("project/target"));
        Path own = folder.resolve("project/target/sources.json");
        Files.writeString(own, sources("2026-02-28T10:00:00.000000Z"));
        assertThat(selected("source_status:fresher")).isEmpty();
        Files.writeString(own, sources("2026-02-28T11:00:00.000000Z"));
        assertThat(selected("source_status:fresher+")).contains("r", "stg", "top");
    }

    private static String sources(String loadedAt) {
        return """
                {"results": [{"unique_id": "source.shop.lake.r", "max_loaded_at": "%s"}]}
                """.formatted(loadedAt);
    }

    @Test
    void knowsWhereTheEarlierStateHasModels() {
        assertThat(state().relation("model.shop.mid")).contains(new Relation("hive", "marts", "mid"));
        assertThat(state().relation("model.shop.pasted")).isEmpty();
        assertThat(state().relation("model.shop.nothing")).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> compile().select(new Selection(List.of("state:new"), List.of(), Set.of())))
                .isInstanceOf(MeterlakeException.class)
                .hasMessage("Cannot select state:new: there is no earlier state to compare with");
        assertThatThrownBy(() -> selected("result:error"))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("Cannot use result: there is no run_results.json in ");
        assertThatThrownBy(() -> StateFolder.read(folder.resolve("nowhere"), folder))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("there is no such folder");
        write("manifest.json", "{\"nodes\": ");
        assertThatThrownBy(() -> selected("state:new")).hasMessageContaining("Cannot read ");
    }
}
