package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.project.Relation;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InlineTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void start() {
        project = new TestProject(folder)
                .file(
                        "models/_s.yml",
                        "sources:\n  - name: lake\n    database: hudi\n    tables: [{name: r}, {name: unused}]\n")
                .file("seeds/partners.csv", "id\n1\n")
                .model("a", "select {{ var('x', 7) }} as x from {{ source('lake', 'r') }} -- the end")
                .model("b", "with a as (select * from {{ ref('a') }}) select * from a")
                .model("c", "{{ config(materialized='table') }}select * from {{ ref('a') }}")
                .file(
                        "analyses/report.sql",
                        "-- with a comment\n/* and\nanother */ WITH t as (select * from {{ ref('b') }} join {{ ref('c') }}"
                                + " using (x) join {{ ref('partners') }} using (id)) select * from t");
    }

    private CompiledProject compile() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    @Test
    void pastesEachModelOnceAfterThoseItReads() {
        InlinedQuery query = compile().inline("analysis.shop.report");

        assertThat(query.sql()).isEqualTo("""
                        -- with a comment
                        /* and
                        another */ WITH __dbt__cte__a as (
                        select 7 as x from "hudi"."lake"."r" -- the end
                        ), __dbt__cte__b as (
                        with a as (select * from __dbt__cte__a) select * from a
                        ), __dbt__cte__c as (
                        select * from __dbt__cte__a
                        ), t as (select * from __dbt__cte__b join __dbt__cte__c using (x) join "hive"."marts"."partners" \
                        using (id)) select * from t""");
    }

    @Test
    void readsNoneAsTheValueThatIsNothing() {
        project.model("n", "select '{% if var('y', none) is none %}{{ none }}{% endif %}' as y");

        assertThat(compile().nodes())
                .filteredOn(node -> node.uniqueId().endsWith(".n"))
                .singleElement()
                .satisfies(node ->
                        assertThat(((CompiledNode.Model) node).sql().sql()).isEqualTo("select 'None' as y"));
    }

    @Test
    void saysWhatTheQueryReadsAndWasMadeOf() {
        CompiledProject compiled = compile();

        InlinedQuery query = compiled.inline("analysis.shop.report");

        assertThat(query.tables())
                .containsExactly(
                        new InputTable("seed.shop.partners", new Relation("hive", "marts", "partners")),
                        new InputTable("source.shop.lake.r", new Relation("hudi", "lake", "r")));
        assertThat(query.sources()).extracting(InputTable::uniqueId).containsExactly("source.shop.lake.r");
        assertThat(query.fingerprints())
                .containsOnlyKeys("analysis.shop.report", "model.shop.a", "model.shop.b", "model.shop.c");
        assertThat(query.variables()).isEqualTo(Map.of("x", 7L));
        assertThat(compiled.node("model.shop.b")
                        .flatMap(CompiledNode::compiled)
                        .orElseThrow()
                        .sql())
                .as("models themselves still read each other's tables")
                .contains("from \"hive\".\"marts\".\"a\"");
    }

    @Test
    void pastesEphemeralModelsIntoTheirReaders() {
        project.model("a", "{{ config(materialized='ephemeral') }}select 1 as x from {{ source('lake', 'r') }}");

        CompiledProject compiled = compile();

        CompiledNode.Model b =
                (CompiledNode.Model) compiled.node("model.shop.b").orElseThrow();
        assertThat(b.sql().sql()).isEqualTo("""
                        with __dbt__cte__a as (
                        select 1 as x from "hudi"."lake"."r"
                        ), a as (select * from __dbt__cte__a) select * from a""");
        assertThat(b.dependsOn()).containsExactly("model.shop.a");
        assertThat(compiled.node("model.shop.a").orElseThrow().builtAs()).isEmpty();
    }

    @Test
    void compilesSqlFromOutsideOfTheProject() {
        assertThat(compile()
                        .adHoc("inline", "select count(*) from {{ ref('a') }};")
                        .sql())
                .isEqualTo("select count(*) from \"hive\".\"marts\".\"a\"");
    }
}
