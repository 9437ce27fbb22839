package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.Selection;
import io.meterlake.project.ProjectLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    private Path folder;

    private CompiledProject project;

    @BeforeEach
    void compile() throws IOException {
        write("dbt_project.yml", "name: p\nversion: '1.0'\nconfig-version: 2\nprofile: p\n");
        write("seeds/s.csv", "id\n1\n");
        write("models/a.sql", "select id from {{ ref('s') }}");
        write("models/pasted.sql", "{{ config(materialized='ephemeral') }} select id from {{ ref('a') }}");
        write("models/b.sql", "{{ config(materialized='table') }} select id from {{ ref('pasted') }}");
        write("models/c.sql", "select 1 as id");
        write("models/_models.yml", """
                version: 2
                models:
                  - name: a
                    columns:
                      - name: id
                        data_tests:
                          - unique
                          - not_null:
                              config:
                                severity: warn
                """);
        write("tests/both.sql", "select a.id from {{ ref('a') }} a join {{ ref('b') }} b on a.id = b.id where false");
        project = ProjectCompiler.compile(ProjectLoader.load(folder), CompileOptions.defaults());
    }

    @Test
    void aBuildHoldsBackWhatReadsATestedModelUntilTheTestHasPassed() {
        Map<String, Set<String>> after = after(plan(RunKind.BUILD));
        String unique = only(after, "unique");
        String notNull = only(after, "not_null");
        assertThat(after.get("model.p.a")).containsExactly("seed.p.s");
        assertThat(after.get(unique)).containsExactly("model.p.a");
        assertThat(after.get("model.p.b"))
                .as("through the ephemeral model, and behind the test that can fail")
                .containsExactlyInAnyOrder("model.p.a", unique)
                .doesNotContain(notNull);
        assertThat(after.get(only(after, "both"))).containsExactlyInAnyOrder("model.p.a", "model.p.b");
        assertThat(after.get("model.p.c")).isEmpty();
    }

    @Test
    void aBuildHoldsAModelBackUntilItsUnitTestsHavePassed() throws IOException {
        write("models/_unit.yml", """
                unit_tests:
                  - name: u
                    model: b
                    given: [{input: ref('pasted'), rows: []}]
                    expect: {rows: []}
                """);
        project = ProjectCompiler.compile(ProjectLoader.load(folder), CompileOptions.defaults());
        Map<String, Set<String>> after = after(plan(RunKind.BUILD));
        assertThat(after.get("model.p.b")).contains("unit_test.p.b.u");
        assertThat(after.get("unit_test.p.b.u"))
                .as("its inputs' columns are there")
                .containsExactly("model.p.a");
        assertThat(after(plan(RunKind.TEST)).get("unit_test.p.b.u")).isEmpty();
        assertThat(after(plan(RunKind.RUN))).doesNotContainKey("unit_test.p.b.u");
    }

    @Test
    void aPlanIsInAnOrderThatWorksOneByOne() {
        Plan plan = plan(RunKind.BUILD);
        List<String> order = plan.works().stream().map(Work::id).toList();
        for (Work work : plan.works()) {
            assertThat(order.subList(0, order.indexOf(work.id()))).containsAll(work.after());
        }
    }

    @Test
    void aRunBuildsModelsOnlyAndPastesEphemeralOnes() {
        assertThat(after(plan(RunKind.RUN)))
                .isEqualTo(Map.of("model.p.a", Set.of(), "model.p.b", Set.of("model.p.a"), "model.p.c", Set.of()));
    }

    @Test
    void testsAndSeedsAreRunAlone() {
        assertThat(after(plan(RunKind.SEED))).isEqualTo(Map.of("seed.p.s", Set.of()));
        assertThat(plan(RunKind.TEST).works())
                .hasSize(3)
                .allSatisfy(work -> assertThat(work.after()).isEmpty());
    }

    @Test
    void buildsTheViewsAboveWhatIsSelectedAlongWithItButNotTheTables() throws IOException {
        write("models/d.sql", "select id from {{ ref('a') }} union all select id from {{ ref('b') }}");
        project = ProjectCompiler.compile(ProjectLoader.load(folder), CompileOptions.defaults());
        BuildScope scope = BuildScope.of(project, RunKind.RUN, new Selection(List.of("d"), List.of(), Set.of()));
        assertThat(scope.selected()).containsExactly("model.p.d");
        assertThat(scope.alongside())
                .as("the view, and not what the table is made of")
                .containsExactly("model.p.a");
        assertThat(after(Plan.of(project, RunKind.RUN, scope)))
                .isEqualTo(Map.of("model.p.a", Set.of(), "model.p.d", Set.of("model.p.a")));
    }

    private Plan plan(RunKind kind) {
        return Plan.of(project, kind, BuildScope.of(project, kind, Selection.ALL));
    }

    private static Map<String, Set<String>> after(Plan plan) {
        return plan.works().stream().collect(Collectors.toMap(Work::id, Work::after));
    }

    private static String only(Map<String, Set<String>> after, String part) {
        return after.keySet().stream()
                .filter(id -> id.startsWith("test.") && id.contains("." + part))
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
