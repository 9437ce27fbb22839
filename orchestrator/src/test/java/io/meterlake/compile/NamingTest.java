package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.project.TestProject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where models go, by dbt's rules unless the project has its own. */
class NamingTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void begin() {
        project = new TestProject(folder);
    }

    private String relation(String config) {
        project.model("m", "{{ config(" + config + ") }} select 1 as x");
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults())
                .node("model.shop.m")
                .map(CompiledNode.Model.class::cast)
                .orElseThrow()
                .relation()
                .dotted();
    }

    @Test
    void aSchemaComesBehindThatOfTheTarget() {
        assertThat(relation("materialized='view'")).isEqualTo("hive.marts.m");
        assertThat(relation("schema='x'")).isEqualTo("hive.marts_x.m");
        assertThat(relation("schema=' x ', alias='n', database='other'")).isEqualTo("other.marts_x.n");
    }

    @Test
    void aMacroOfTheProjectSaysOtherwise() {
        project.file(
                "macros/names.sql",
                "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or 'none' }}{% endmacro %}");
        assertThat(relation("schema='x'")).isEqualTo("hive.x.m");
        assertThat(relation("alias='n'")).isEqualTo("hive.none.n");
    }
}
