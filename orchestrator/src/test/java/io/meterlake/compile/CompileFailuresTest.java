package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompileFailuresTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void start() {
        project = new TestProject(folder)
                .file("models/_lake.yml", "sources:\n  - name: lake\n    tables: [{name: readings}]\n")
                .model("daily", "select 1 as x");
    }

    private MeterlakeException refused() {
        MeterlakeException refusal = catchThrowableOfType(
                MeterlakeException.class, () -> ProjectCompiler.compile(project.load(), CompileOptions.defaults()));
        assertThat(refusal).as("the project is refused").isNotNull();
        return refusal;
    }

    private void assertProblem(String problem) {
        assertThat(refused()).hasMessage("Cannot compile the SQL project: " + problem);
    }

    @Test
    void asksForTheNearestModelOfAnUnknownRef() {
        project.model("top", "select *\nfrom {{ ref('dialy') }}");

        assertProblem("models/top.sql:2: ref('dialy'): there is no model or seed of this name; did you mean 'daily'?");
        assertThat(refused().hint())
                .isEqualTo("Mend the lines above, then run `meterlake parse` to see whether more is left.");
        assertThat(refused().code()).isEqualTo(CompileErrorCode.INVALID_MODEL);
    }

    @Test
    void refusesAReportWhoseModelsCannotExplainIt() {
        project.model("days", "select 1 as partner_id")
                .file("models/_days.yml", "models:\n  - name: days\n    columns: [{name: partner_id}]\n")
                .file("analyses/energy.sql", "select 1 as x order by 1")
                .file("analyses/_energy.yml", """
                        analyses:
                          - name: energy
                            config:
                              meta:
                                report:
                                  detail: days
                                  readings: readngs
                        """);
        assertThat(refused())
                .hasMessageContaining("meta.report: detail names the model days, which has no meter_id, channel,"
                        + " flow_direction, reading_date, energy_kwh")
                .hasMessageContaining("meta.report: readings names the model readngs, which does not exist");
    }

    @Test
    void showsHowASourceIsRead() {
        project.model("top", "select * from {{ ref('readings') }}");
        assertProblem("models/top.sql:1: ref('readings'): there is no model or seed of this name (it is a source: write"
                + " source('lake', 'readings'))");
    }

    @Test
    void asksForTheNearestSource() {
        project.model("top", "select * from {{ source('lkae', 'readings') }}");
        assertProblem("models/top.sql:1: source('lkae', 'readings'): there is no source lkae; did you mean 'lake'?");
    }

    @Test
    void asksForTheNearestTableOfASource() {
        project.model("top", "\n\nselect * from {{ source('lake', 'reading') }}");
        assertProblem("models/top.sql:3: source('lake', 'reading'): source lake has no table reading; did you mean"
                + " 'readings'?");
    }

    @Test
    void printsACycleAsItsPath() {
        project.model("a", "select * from {{ ref('c') }}")
                .model("b", "select * from {{ ref('a') }}")
                .model("c", "select * from {{ ref('b') }}")
                .model("d", "select * from {{ ref('a') }}");

        MeterlakeException refusal = refused();

        assertThat(refusal)
                .hasMessage("Cannot compile the SQL project: models read each other in a circle: a → c → b → a");
        assertThat(refusal.hint())
                .isEqualTo("Take one of these refs out; each model of the path reads the one after it.");
        assertThat(refusal.code()).isEqualTo(CompileErrorCode.CYCLE);
    }

    @Test
    void printsAModelThatReadsItself() {
        project.model("a", "select * from {{ ref('a') }}");
        assertThat(refused()).hasMessage("Cannot compile the SQL project: models read each other in a circle: a → a");
    }

    @Test
    void namesTheLineOfATemplateThatCannotBeRead() {
        project.model("top", "select 1 as x\n{% if true %}\nfrom t");
        assertProblem("models/top.sql:2: template: Missing end tag: endif for tag defined as: {% if true %}");
    }

    @Test
    void namesTheLineOfAnUnknownName() {
        project.model("top", "select 1 as x,\n  {{ colour }} as y");
        assertProblem("models/top.sql:2: 'colour' is not defined");
    }

    @Test
    void namesTheLineOfTheModelThatMissesAVariable() {
        project.model("top", "select\n\n{{ var('period_strat') }} as y");
        assertProblem(
                "models/top.sql:3: var('period_strat'): there is no such variable in dbt_project.yml or --vars, and no"
                        + " default");
    }

    @Test
    void asksForTheNearestTest() {
        project.file(
                "models/_models.yml",
                "models:\n  - name: daily\n    columns:\n      - {name: x, data_tests: [uniqe]}\n");
        assertProblem("models/_models.yml:4: there is no test uniqe; did you mean 'unique'?");
    }

    @Test
    void refusesToReadWhatIsDisabled() {
        project.model("off", "{{ config(enabled=false) }}select 1 as x").model("top", "select * from {{ ref('off') }}");
        assertProblem("models/top.sql:1: model.shop.off is disabled (enabled: false), so nothing can read it");
    }

    @Test
    void refusesTwoModelsInOnePlace() {
        project.model("top", "{{ config(alias='daily') }}select 1 as x");
        assertProblem("models/top.sql: model.shop.daily and model.shop.top would both be hive.marts.daily");
    }

    @Test
    void refusesAModelWithoutSql() {
        project.model("top", "-- nothing yet\n{# nor here #}");
        assertProblem("models/top.sql: there is no SQL in it, or nothing is left when it is rendered");
    }

    @Test
    void refusesTwoMacrosOfOneName() {
        project.file("macros/a.sql", "{% macro cents() %}1{% endmacro %}")
                .file("macros/b.sql", "\n{% macro cents() %}2{% endmacro %}");
        assertProblem("macros/b.sql:2: macro cents is there twice; first in macros/a.sql:1");
    }
}
