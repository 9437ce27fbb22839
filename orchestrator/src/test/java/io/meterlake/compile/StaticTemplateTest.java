package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.project.TestProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is rendered without the template engine is what the engine would have made of it. */
final class StaticTemplateTest {
    @TempDir
    private Path folder;

    private CompiledProject compile(String model, String tests, boolean ownTests) {
        TestProject project = new TestProject(folder)
                .file("seeds/a.csv", "id\n1\n")
                .file(
                        "models/_m.yml",
                        "sources:\n  - {name: lake, tables: [{name: r}]}\nmodels:\n  - name: m\n" + tests)
                .model("m", model);
        if (ownTests) {
            project.file("tests/generic/tests.sql", BuiltInTests.FILE.text());
        }
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    private CompiledNode.Model model(String text) {
        return (CompiledNode.Model)
                compile(text, "", false).node("model.shop.m").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 as x",
                "select * from {{ ref('a') }}",
                "select * from {{ref(\"a\")}} cross join {{ source( 'lake' , 'r' ) }} -- } {",
                "{{ config(materialized='table', tags=['x', \"y\"], meta_ok=1) }}\n\nselect * from {{ ref('a') }}\n",
                "{{ config(\n  materialized='table',\n  full_refresh=true,\n  lookback=3\n) }}\nselect * from {{ ref('shop', 'a') }}",
                "{{ config(tags=[]) }}{{ config(tags='z') }}select 'it''s' from {{ ref('a') }}"
            })
    void isWhatTheEngineWouldMakeOfIt(String written) {
        String text = written.replace("meta_ok=1", "lookback=1");
        assertThat(StaticTemplate.read("m.sql", text)).isPresent();
        CompiledNode.Model fast = model(text);
        CompiledNode.Model slow = model(text + "{# the engine's #}");
        assertThat(fast.sql().sql()).isEqualTo(slow.sql().sql());
        assertThat(fast.dependsOn()).isEqualTo(slow.dependsOn());
        assertThat(fast.config()).isEqualTo(slow.config());
        assertThat(fast.materialization()).isEqualTo(slow.materialization());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{- ref('a') }}",
                "{{ ref('a') -}}",
                "{{ ref('a') | upper }}",
                "{{ ref('a').schema }}",
                "{{ ref(name) }}",
                "{{ ref('a', v=1.5) }}",
                "{{ ref('a\\'b') }}",
                "{{ var('x') }}",
                "{{ this }}",
                "{{ config(meta={'a': 1}) }}",
                "{{ config(x=1, 'y') }}",
                "{{ config(x=1, x=2) }}",
                "{{ config(enabled=not true) }}",
                "{{ ref('a' }}",
                "{{ ref('a')",
                "{{ ref('a') + 'b' }}",
                "{% set x = 1 %}",
                "{# no #}",
                "a }} b",
                "{{{ ref('a') }}}",
                "{{ ref('}}') }}"
            })
    void leavesAllElseToTheEngine(String text) {
        assertThat(StaticTemplate.read("m.sql", text)).isEmpty();
    }

    @Test
    void takesACommaAfterTheLastArgumentAsPythonDoes() {
        CompiledNode.Model model = model("{{ config(materialized='table', tags=['x',],) }}select 1 as x");
        assertThat(model.materialization()).isEqualTo(Materialization.TABLE);
        assertThat(model.config().tags()).containsExactly("x");
    }

    @Test
    void makesTheSameOfTheBuiltInTests() {
        String tests = """
                    data_tests:
                      - relationships: {arguments: {column_name: x, to: ref('a'), field: id}}
                    columns:
                      - name: x
                        data_tests:
                          - not_null
                          - unique: {config: {where: x > 0}}
                          - relationships: {arguments: {to: "source('lake', 'r')", field: id}}
                          - accepted_values: {arguments: {values: [a, b]}}
                """;
        CompiledProject fast = compile("select 1 as x", tests, false);
        CompiledProject slow = compile("select 1 as x", tests, true);
        assertThat(fast.nodes()).hasSize(8);
        for (CompiledNode node : fast.nodes()) {
            assertThat(node.compiled().map(CompiledSql::sql))
                    .as(node.uniqueId())
                    .isEqualTo(
                            slow.node(node.uniqueId()).orElseThrow().compiled().map(CompiledSql::sql));
            assertThat(node.dependsOn())
                    .isEqualTo(slow.node(node.uniqueId()).orElseThrow().dependsOn());
        }
    }
}
