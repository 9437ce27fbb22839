package io.meterlake.compile.determinism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Problems.Problem;
import io.meterlake.project.ProjectLoader;
import io.meterlake.project.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeterminismGateTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void start() {
        project = new TestProject(folder)
                .file("models/_r.yml", """
                        sources:
                          - name: lake
                            database: hudi
                            tables:
                              - name: r
                                columns:
                                  - {name: watts, data_type: double}
                                  - {name: id, data_tests: [unique]}
                        models:
                          - name: keyed
                            data_tests:
                              - unique_combination: {arguments: {columns: [meter, day]}}
                        """)
                .file(
                        "tests/generic/unique_combination.sql",
                        "{% test unique_combination(model, columns) %}select 1 from {{ model }}{% endtest %}")
                .model("keyed", "select meter, day, kwh, watts from {{ source('lake', 'r') }}")
                .file("analyses/_a.yml", "analyses: [{name: rep, config: {meta: {report: {period: month}}}}]")
                .file("analyses/rep.sql", "select meter, day from {{ ref('keyed') }} order by day, meter");
    }

    private GateReport check() {
        return DeterminismGate.check(ProjectCompiler.compile(project.load(), CompileOptions.defaults()));
    }

    /** What the gate says of a model that no report reads. */
    private List<String> said(String sql) {
        project.model("m", sql);
        GateReport report = check();
        assertThat(report.errors()).isEmpty();
        return report.warnings().stream().map(Problem::toString).toList();
    }

    private String from(String select) {
        return select.contains(" from ") ? select : select + " from {{ ref('keyed') }}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "now() | now() is another time on each run; write instead: take the time from the data",
                "current_date | current_date is another time",
                "current_time | current_time is another time",
                "current_timestamp(3) | current_timestamp is another time",
                "localtime | localtime is another time",
                "localtimestamp | localtimestamp is another time",
                "random() | random() gives another value on each run; write instead: make the value from columns",
                "rand(5) | rand() gives another value",
                "uuid() | uuid() gives another value",
                "shuffle(array[1, 2]) | shuffle() gives another value",
                "current_user | current_user depends on who asks",
                "current_catalog | current_catalog depends on who asks",
                "current_schema | current_schema depends on who asks",
                "current_timezone() | current_timezone() depends on the session",
                "from_unixtime(1) | from_unixtime() gives a time in the session's zone; write instead: name the zone",
                "cast(day as timestamp with time zone) | takes a time without zone as one in the session's zone",
                "sum(watts) | sum adds up floating point, and the last digits depend on the order of the rows; write instead: sum(cast(… as decimal(38, 9)))",
                "avg(cast(kwh as double)) | avg adds up floating point",
                "sum(kwh * 1e0) | sum adds up floating point",
                "sum(cast(kwh as real)) over (partition by meter) | sum adds up floating point",
                "sum(st_area(kwh)) | sum adds up floating point",
                "sum(case when kwh > 0 then sqrt(kwh) end) | sum adds up floating point",
                "stddev(kwh) | stddev adds up floating point",
                "approx_distinct(meter) | approx_distinct is an estimate that depends on how the rows are split; write instead: count(distinct …)",
                "approx_percentile(kwh, 0.5) | approx_percentile is an estimate",
                "arbitrary(kwh) | arbitrary takes the value of any row; write instead: max(…) or min(…)",
                "any_value(kwh) | any_value takes the value of any row",
                "array_agg(kwh) | array_agg without ORDER BY keeps the order in which rows happen to come; write instead: array_agg(… order by …)",
                "listagg(meter, ',') within group (order by kwh) | listagg has an ORDER BY in which rows can be equal",
                "map_agg(meter, kwh) | map_agg without ORDER BY",
                "set_agg(meter) | set_agg without ORDER BY keeps the order in which rows happen to come; write instead: array_sort(set_agg(…))",
                "max_by(kwh, day) | max_by takes any of the rows that are equal in day; write instead: max_by(…, row(day, the columns of a unique key)) (known here: keyed.day, keyed.meter)",
                "row_number() over (order by day) | row_number is over an order in which rows can be equal; write instead: add the columns of a unique key to the window's ORDER BY (known here: keyed.day, keyed.meter)",
                "row_number() over () | row_number over a window without ORDER BY gives any row any place",
                "ntile(4) over (order by kwh) | ntile is over an order",
                "lag(kwh) over (partition by meter order by kwh) | lag is over an order",
                "lead(kwh) over (partition by meter order by kwh) | lead is over an order",
                "first_value(kwh) over (partition by day order by watts) | first_value is over an order",
                "sum(kwh) over (partition by day order by watts rows 2 preceding) | sum is over an order",
            })
    void findsWhatDiffersFromRunToRun(String expression, String message) {
        assertThat(said(from("select\n    1 as one,\n    " + expression + " as x")))
                .singleElement()
                .asString()
                .startsWith("models/m.sql:3: ")
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(kwh)",
                "avg(cast(watts as decimal(18, 6)))",
                "max(watts)",
                "count(distinct meter)",
                "sqrt(watts)",
                "array_agg(kwh order by kwh)",
                "array_agg(kwh order by day, meter)",
                "array_sort(array_agg(kwh))",
                "cardinality(set_agg(kwh))",
                "listagg(meter, ',') within group (order by meter)",
                "max_by(kwh, row(day, meter))",
                "max_by(day, day)",
                "rank() over (order by kwh)",
                "row_number() over (partition by meter order by day)",
                "row_number() over (order by k.day desc, k.meter)",
                "lag(kwh) over (partition by meter order by day)",
                "first_value(kwh) over (partition by meter order by kwh)",
                "sum(kwh) over (partition by meter order by kwh)",
                "sum(kwh) over (partition by meter order by day rows 2 preceding)",
                "from_unixtime(1, 'UTC')",
                "cast('2026-01-01 00:00:00 UTC' as timestamp with time zone)",
                "date '2026-01-01'",
                "'now() and random()'",
            })
    void letsPassWhatIsTheSameOnEachRun(String expression) {
        assertThat(said("select " + expression + " as x from {{ ref('keyed') }} as k -- now()"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select meter from {{ ref('keyed') }} limit 3 | LIMIT without ORDER BY keeps any rows; write instead: ORDER BY the columns of a unique key before it (known here: keyed.day, keyed.meter)",
                "select meter from {{ ref('keyed') }} fetch first 3 rows only | FETCH FIRST without ORDER BY",
                "select meter from {{ ref('keyed') }} offset 3 | OFFSET without ORDER BY",
                "select meter from {{ ref('keyed') }} order by day limit 3 | LIMIT after an ORDER BY in which rows can be equal keeps any of them",
                "select meter from (select * from {{ source('lake', 'r') }}) union all select 1 limit 3 | LIMIT without ORDER BY keeps any rows; write instead: ORDER BY the columns of a unique key before it; none is known here",
                "select meter from {{ ref('keyed') }} tablesample bernoulli (10) | TABLESAMPLE takes other rows each time; write instead: choose rows by their values",
                "with recursive t as (select a from x), u as (select now() as n) select 1 from t, u | now() is another time",
                "select 1 from {{ ref('keyed') }} where exists (select uuid()) | uuid() gives another value",
                "select row_number() over (w order by kwh) from {{ ref('keyed') }} window w as (partition by day) | row_number is over an order",
                "select k.day, row_number() over (partition by k.day order by k.meter) from {{ ref('keyed') }} k join {{ source('lake', 'r') }} r on r.meter = k.meter | row_number is over an order",
            })
    void findsItInEveryPartOfAQuery(String sql, String message) {
        assertThat(said(sql))
                .singleElement()
                .asString()
                .startsWith("models/m.sql:1: ")
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select meter, day from {{ ref('keyed') }} order by 1, 2 limit 3",
                "select meter as m, day as d from {{ ref('keyed') }} order by m, d limit 3",
                "select count(*) as n from {{ ref('keyed') }} limit 1",
                "select meter, sum(kwh) as s from {{ ref('keyed') }} group by meter order by meter limit 3",
                "select distinct kwh from {{ ref('keyed') }} order by kwh limit 3",
                "select meter from {{ ref('keyed') }} order by day fetch first 3 rows with ties",
                "select meter from {{ ref('keyed') }} limit all",
                "select arbitrary(meter) from {{ ref('keyed') }} group by meter",
                "select x.meter, row_number() over (partition by x.meter order by x.day) from (select * from {{ ref('keyed') }}) x",
                "select row_number() over (partition by meter order by day) from {{ ref('keyed') }} join {{ source('lake', 'r') }} s on s.id = keyed.kwh",
                "select row_number() over (order by meter) from {{ ref('keyed') }} where day = date '2026-01-01'",
                "select meter, row_number() over (order by sum(kwh), meter) from {{ ref('keyed') }} group by meter",
                "with n as (select meter, day, row_number() over (partition by meter order by day) as rn from {{ ref('keyed') }}),"
                        + " one as (select meter, day from n where rn = 1) select row_number() over (order by meter) from one",
                "select id, row_number() over (order by id) from {{ source('lake', 'r') }}",
            })
    void knowsAKeyWhereTheProjectOrTheQueryMakesOne(String sql) {
        assertThat(said(sql)).isEmpty();
    }

    @Test
    void followsFloatingPointThroughModels() {
        project.model("a", "select sqrt(kwh) as root, watts as w from {{ ref('keyed') }}")
                .model("b", "with t as (select root + 1 as up, w from {{ ref('a') }}) select * from t");

        assertThat(said("select sum(up) as x, sum(w) as y from {{ ref('b') }}")).hasSize(1);
        assertThat(said("select sum(up) as x,\n sum(w) as y from {{ ref('b') }}"))
                .hasSize(2);
    }

    @Test
    void refusesItInAReportAndInEveryModelThatTheReportReads() {
        project.model("keyed", "select meter, day, kwh, watts, now() as t\nfrom {{ ref('below') }}")
                .model(
                        "below",
                        "{{ config(materialized='ephemeral') }}\nselect *,\n  random() as n\nfrom {{ source('lake', 'r') }}")
                .model("beside", "select uuid() as u");

        GateReport report = check();

        assertThat(report.errors())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("models/below.sql:3: random()"),
                        second -> assertThat(second).startsWith("models/keyed.sql:1: now()"));
        assertThat(report.warnings())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("models/beside.sql:1: uuid()");
        assertThatThrownBy(report::throwIfRefused)
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContainingAll(
                        "Cannot use the SQL project: a report could not be rebuilt byte for byte: 2 problems",
                        "1) models/below.sql:3:",
                        "2) models/keyed.sql:1:");
    }

    @Test
    void wantsTheLinesOfAReportInOneOrder() {
        project.file("analyses/rep.sql", "select meter, day from {{ ref('keyed') }}");
        assertThat(check().errors())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .isEqualTo(
                        "a report without ORDER BY has its lines in any order; write instead: end it with ORDER BY the columns"
                                + " of its grain (known here: day, meter)");

        project.file("analyses/rep.sql", "select meter, day from {{ ref('keyed') }} order by meter");
        assertThat(check().errors())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("the report's ORDER BY leaves lines that are equal in it in any order");
    }

    @Test
    void onlyWarnsOfTheSessionsZoneInAReport() {
        project.file(
                "analyses/rep.sql", "select meter, day, from_unixtime(kwh) as t from {{ ref('keyed') }} order by 1, 2");

        GateReport report = check();

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).hasSize(1);
    }

    @Test
    void aModelCanSayThatItIsDeterministicAllTheSame() {
        project.model(
                "keyed",
                "{{ config(meta={'deterministic': 'equal rows are equal in all columns'}) }}\nselect meter, day, kwh,"
                        + " watts, row_number() over (order by kwh) as n from {{ source('lake', 'r') }}");

        GateReport report = check();

        assertThat(report.errors()).isEmpty();
        assertThat(report.exemptions())
                .extracting(GateReport.Exemption::toString)
                .containsExactly(
                        "models/keyed.sql: model.shop.keyed, deterministic by declaration (1 found): equal rows"
                                + " are equal in all columns");
    }

    @Test
    void aDeclarationNeedsAReason() {
        project.model("keyed", "{{ config(meta={'deterministic': true}) }}select meter, day, now() as kwh, 1 as watts");

        assertThat(check().errors())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("models/keyed.sql: meta.deterministic: expected the reason as text");
    }

    @Test
    void saysWhereSqlCannotBeRead() {
        project.model(
                "m",
                "{{ config(materialized='table') }}\n\nselect meter,\n  sum(kwh as total\nfrom {{ ref('keyed') }}");

        assertThat(check().errors())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("models/m.sql:4: Trino cannot read this SQL: mismatched input 'as'");
    }

    @Test
    void showsTheCompiledLineWhereTheTemplateHasNoneLikeIt() {
        project.file("macros/two.sql", "{% macro two() %}\na,\nnow() as t,\n{% endmacro %}")
                .model("m", "select\n{{ two() }}\n{{ two() }}\nb");

        assertThat(check().warnings())
                .extracting(Problem::toString)
                .first()
                .asString()
                .startsWith("models/m.sql: now() is another time")
                .endsWith("(in the compiled line `now() as t,`)");
    }

    @Test
    void ourOwnModelsAreDeterministic() {
        Path own = Path.of("..", "sql-models");
        assumeThat(Files.isDirectory(own)).isTrue();

        GateReport report =
                DeterminismGate.check(ProjectCompiler.compile(ProjectLoader.load(own), CompileOptions.defaults()));

        assertThat(Stream.concat(report.errors().stream(), report.warnings().stream()))
                .isEmpty();
        assertThat(report.exemptions()).isEmpty();
    }
}
