package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.project.Column;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionedModelsTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void write() {
        project = new TestProject(folder)
                .model("marts/energy_v1", "select 1 as id, 2 as kwh")
                .model("marts/newer", "{{ config(materialized='ephemeral') }}\nselect 1 as id, 2 as mwh")
                .model("marts/energy", "select 1 as id, 2 as mwh from {{ ref('energy', v=1) }}")
                .model("reader", "select * from {{ ref('energy') }} join {{ ref('energy', version=3) }} using (id)")
                .file("models/marts/_marts.yml", """
                        models:
                          - name: energy
                            latest_version: 2
                            description: Energy.
                            config: {tags: daily}
                            columns:
                              - {name: id, data_tests: [not_null]}
                              - {name: kwh, data_tests: [not_null]}
                            versions:
                              - {v: 1, deprecation_date: 2026-01-01, config: {tags: old}}
                              - v: 2
                                columns:
                                  - {include: all, exclude: [kwh]}
                                  - {name: mwh}
                              - {v: 3, defined_in: newer, description: Next., columns: [{include: [id]}]}
                        unit_tests:
                          - name: one
                            model: energy
                            versions: {exclude: [2]}
                            given: []
                            expect: {rows: [{id: 1}]}
                        """);
    }

    private CompiledProject compile() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    private static CompiledNode.Model model(CompiledProject project, String id) {
        return (CompiledNode.Model) project.node("model.shop." + id).orElseThrow();
    }

    @Test
    void eachVersionIsATableOfItsOwnAndRefWithoutOneMeansTheLatest() {
        CompiledProject compiled = compile();
        assertThat(model(compiled, "energy.v1").relation().identifier()).isEqualTo("energy_v1");
        assertThat(model(compiled, "energy.v2").relation().identifier())
                .as("in a file without its version, as the latest may be")
                .isEqualTo("energy_v2");
        assertThat(model(compiled, "energy.v2").resource().fqn()).containsExactly("shop", "marts", "energy", "v2");
        assertThat(model(compiled, "reader").sql().dependsOn())
                .containsExactly("model.shop.energy.v2", "model.shop.energy.v3");
        assertThat(model(compiled, "reader").sql().sql())
                .contains("from \"hive\".\"marts\".\"energy_v2\"", "join __dbt__cte__energy_v3 using");
        assertThat(model(compiled, "energy.v2").sql().sql()).contains("\"hive\".\"marts\".\"energy_v1\"");
    }

    @Test
    void aVersionHasOfThePropertyFileWhatAllHaveAndItsOwn() {
        CompiledProject compiled = compile();
        assertThat(model(compiled, "energy.v1").resource().description()).isEqualTo("Energy.");
        assertThat(model(compiled, "energy.v3").resource().description()).isEqualTo("Next.");
        assertThat(model(compiled, "energy.v1").config().tags()).containsExactly("daily", "old");
        assertThat(columns(compiled, "energy.v1")).containsExactly("id", "kwh");
        assertThat(columns(compiled, "energy.v2")).containsExactly("id", "mwh");
        assertThat(columns(compiled, "energy.v3")).containsExactly("id");
        assertThat(compiled.nodes().stream().filter(node -> node.resourceType().isTest()))
                .extracting(CompiledNode::name)
                .containsExactlyInAnyOrder(
                        "not_null_energy_v1_id",
                        "not_null_energy_v1_kwh",
                        "not_null_energy_v2_id",
                        "not_null_energy_v3_id",
                        "one",
                        "one");
        assertThat(compiled.node("unit_test.shop.energy.one.v1")).isPresent();
        assertThat(compiled.node("unit_test.shop.energy.one.v2")).isEmpty();
    }

    private static List<String> columns(CompiledProject compiled, String id) {
        return model(compiled, id).resource().columns().stream()
                .map(Column::name)
                .toList();
    }

    @Test
    void versionsAreSelectedAllTogetherAndOneByOne() {
        assertThat(select("energy"))
                .containsExactlyInAnyOrder("model.shop.energy.v1", "model.shop.energy.v2", "model.shop.energy.v3");
        assertThat(select("energy.v1")).containsExactly("model.shop.energy.v1");
        assertThat(select("energy_v1")).containsExactly("model.shop.energy.v1");
        assertThat(select("version:latest")).containsExactly("model.shop.energy.v2");
        assertThat(select("version:old")).containsExactly("model.shop.energy.v1");
        assertThat(select("version:prerelease")).containsExactly("model.shop.energy.v3");
        assertThat(select("version:none")).containsExactly("model.shop.reader");
    }

    private List<String> select(String selector) {
        return compile().select(new Selection(List.of(selector), List.of(), Set.of())).stream()
                .filter(node -> !node.resourceType().isTest())
                .map(CompiledNode::uniqueId)
                .toList();
    }

    @Test
    void saysWhichVersionsThereAre() {
        project.model("reader", "select * from {{ ref('energy', v=4) }} join {{ ref('reader', v=1) }} using (id)");
        assertThatThrownBy(this::compile)
                .hasMessageContaining("ref('energy', v=4): there are the versions 1, 2, 3")
                .hasMessageContaining("ref('reader', v=1): it has no versions");
        project.file("models/marts/_marts.yml", """
                models:
                  - name: energy
                    latest_version: 5
                    versions: [{v: 1}, {v: 1, define_in: x}, {v: 7}]
                """);
        assertThatThrownBy(project::load)
                .hasMessageContaining("version 1 of energy is there twice")
                .hasMessageContaining("unknown key define_in in a version")
                .hasMessageContaining("latest_version 5 of energy is none of its versions: 1, 1, 7")
                .hasMessageContaining("there is no model energy_v7");
    }
}
