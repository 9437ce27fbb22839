package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.project.SqlResource;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncrementalModelsTest {
    private static final String MICROBATCH = "{{ config(materialized='incremental', incremental_strategy='microbatch',"
            + " event_time='d', batch_size='day', begin='2026-01-01',"
            + " properties={'partitioned_by': \"array['d']\"}) }}";

    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void start() {
        project = new TestProject(folder).file("models/_lake.yml", """
                sources:
                  - name: lake
                    database: hudi
                    tables:
                      - {name: r, config: {event_time: d}}
                      - {name: meters}
                """);
    }

    /** Compiles with each incremental model built from an earlier build of 5 January. */
    private CompiledProject incrementally() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults().withRelations(new RelationResolver() {
            @Override
            public Optional<Increment> increment(SqlResource.Model model) {
                return Optional.of(new Increment(
                        new Relation("hive", "snap_1__marts", model.name()),
                        Days.of(List.of(LocalDate.parse("2026-01-05"), LocalDate.parse("2025-12-31")))));
            }
        }));
    }

    private CompiledProject compiled() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    private static String sql(CompiledProject compiled, String model) {
        return compiled.node("model.shop." + model)
                .flatMap(CompiledNode::compiled)
                .orElseThrow()
                .sql();
    }

    @Test
    void seesItsEarlierBuildInAnIncrementalBuildOnly() {
        project.model("files", """
                {{ config(materialized='incremental') }}
                select x from {{ source('lake', 'meters') }}{% if is_incremental() %} where x > (select max(x) from {{ this }}){% endif %}
                """);
        assertThat(sql(compiled(), "files")).isEqualTo("select x from \"hudi\".\"lake\".\"meters\"");
        assertThat(sql(incrementally(), "files"))
                .isEqualTo("select x from \"hudi\".\"lake\".\"meters\" where x > (select max(x) from"
                        + " \"hive\".\"snap_1__marts\".\"files\")");
    }

    @Test
    void readsTheDaysOfInputsThatHaveAny() {
        project.model(
                        "daily",
                        MICROBATCH + "select r.d from {{ source('lake', 'r') }} r, {{ source('lake', 'meters') }} m,"
                                + " {{ source('lake', 'r').render() }} w, {{ ref('pasted') }} p")
                .model("pasted", "{{ config(materialized='ephemeral', event_time='d') }}select 1 as d");
        assertThat(sql(incrementally(), "daily"))
                .contains(
                        "from (select * from \"hudi\".\"lake\".\"r\" where \"d\" >= date '2026-01-05' and \"d\" < date"
                                + " '2026-01-06') r, \"hudi\".\"lake\".\"meters\" m, \"hudi\".\"lake\".\"r\" w, (select * from"
                                + " __dbt__cte__pasted where \"d\" >= date '2026-01-05' and \"d\" < date '2026-01-06') p");
        assertThat(sql(compiled(), "daily"))
                .as("not before it begins")
                .contains("from (select * from \"hudi\".\"lake\".\"r\" where \"d\" >= date '2026-01-01') r, \"hudi\"");
    }

    @Test
    void namesItsColumnsAsTrinoStoresThem() {
        project.model("daily", """
                {{ config(
                    materialized='incremental', incremental_strategy='microbatch', event_time='Day', batch_size='day',
                    begin='2026-01-01', properties={'partitioned_by': "array['Kind', 'DAY']"}
                ) }}
                select 1 as kind, date '2026-01-01' as day
                """);
        CompiledNode.Model daily =
                (CompiledNode.Model) compiled().node("model.shop.daily").orElseThrow();
        IncrementalConfig config = IncrementalConfig.of(daily.config());
        assertThat(config.partitionedBy()).containsExactly("kind", "day");
        assertThat(config.eventTime()).isEqualTo("day");
    }

    @Test
    void aReportPastesWhatAFullBuildWouldRead() {
        project.model(
                        "daily",
                        MICROBATCH
                                + "select d from {{ source('lake', 'r') }}{% if is_incremental() %} where false{% endif %}")
                .file("analyses/report.sql", "select * from {{ ref('daily') }}");
        assertThat(compiled().inline("analysis.shop.report").sql())
                .isEqualTo(
                        "with __dbt__cte__daily as (\nselect d from (select * from \"hudi\".\"lake\".\"r\" where \"d\""
                                + " >= date '2026-01-01')\n)\nselect * from __dbt__cte__daily");
    }

    @Test
    void aUnitTestDecidesItself() {
        project.model("files", """
                {{ config(materialized='incremental') }}
                select x from {{ source('lake', 'meters') }}{% if is_incremental() %} where false{% endif %}
                """).file("models/_tests.yml", """
                unit_tests:
                  - name: first
                    model: files
                    given: [{input: "source('lake', 'meters')", rows: [{x: 1}]}]
                    expect: {rows: [{x: 1}]}
                """);
        CompiledNode.UnitTest test = (CompiledNode.UnitTest)
                incrementally().node("unit_test.shop.files.first").orElseThrow();
        assertThat(test.query().sql()).doesNotContain("where false");
    }

    @Test
    void refusesWhatCannotBeByName() {
        assertRefused(
                "incremental_strategy='merge', unique_key='x'",
                "models/m.sql:1: incremental_strategy 'merge' changes rows in place, which Trino's Hive tables cannot;"
                        + " use append, insert_overwrite, microbatch");
        assertRefused(
                "incremental_strategy='delete+insert'", "incremental_strategy 'delete+insert' changes rows in place");
        assertRefused("incremental_strategy='appendd'", "'appendd' does not exist; did you mean 'append'?");
        assertRefused(
                "incremental_strategy='insert_overwrite'",
                "replaces partitions, and the table has none: set properties");
        assertRefused("incremental_strategy='microbatch'", "'microbatch' needs event_time");
        assertRefused(
                "incremental_strategy='microbatch', event_time='d', batch_size='hour', begin='2026-01-01'",
                "batch_size 'hour' is not supported; there is day");
        assertRefused(
                "incremental_strategy='microbatch', event_time='d', batch_size='day'", "needs begin, its first day");
        assertRefused(
                "incremental_strategy='microbatch', event_time='d', batch_size='day', begin='2026-01-01'",
                "is not partitioned by them: set properties to {partitioned_by: \"array['d']\"}");
        assertRefused("incremental_strategy='append', lookback='x'", "lookback 'x' is not a number of days");
    }

    @Test
    void refusesABeginThatComesTooLateForItsInputs() {
        project.model("m", "select d from {{ source('lake', 'r') }}" + MICROBATCH);
        assertThat(refused()).hasMessageContaining("models/m.sql: config begin must be a day such as '2026-01-01'");
    }

    private void assertRefused(String config, String message) {
        project.model("m", "{{ config(materialized='incremental', " + config + ") }}select 1 as x");
        assertThat(refused()).hasMessageContaining(message);
    }

    private MeterlakeException refused() {
        MeterlakeException refusal = catchThrowableOfType(MeterlakeException.class, this::compiled);
        assertThat(refusal).as("the project is refused").isNotNull();
        return refusal;
    }
}
