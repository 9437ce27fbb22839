package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.project.Fixture;
import io.meterlake.project.TestProject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitTestCompilerTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void write() {
        project = new TestProject(folder)
                .file("dbt_project.yml", "name: shop\nvars: {factor: 1}\nunit-tests: {+tags: fast}\n")
                .file("seeds/regions.csv", "id,region\n7,north\n8,\n")
                .file("macros/scaled.sql", "{% macro scaled(x) %}{{ x }} * 2{% endmacro %}")
                .model("pasted", "{{ config(materialized='ephemeral') }}\nselect id from {{ ref('regions') }}")
                .model("energy", """
                        select {{ scaled('r.value') }} * {{ var('factor') }} as value, '{{ env_var('UNIT', 'kwh') }}' as unit
                        from {{ source('lake', 'pasted') }} r
                        join {{ ref('pasted') }} using (id)
                        join {{ ref('regions') }} using (id)
                        {% if is_incremental() %}where r.id > (select max(id) from {{ this }}){% endif %}
                        """)
                .file("models/_sources.yml", """
                        sources:
                          - name: lake
                            database: hudi
                            tables: [{name: pasted}]
                        """);
    }

    private CompiledProject compile() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    private CompiledNode.UnitTest compiled(String name) {
        return (CompiledNode.UnitTest)
                compile().node("unit_test.shop.energy." + name).orElseThrow();
    }

    private static final String GIVEN = """
            unit_tests:
              - name: scales
                model: energy
                given:
                  - input: source('lake', 'pasted')
                    rows: [{id: 7, value: 1234567890123.123456}]
                  - input: ref('pasted')
                    format: csv
                    rows: |
                      id
                      7
                  - input: ref("regions")
            """;

    @Test
    void readsExpressionsOfRowsInPlaceOfTables() {
        project.file("models/_unit.yml", GIVEN + "    expect: {format: sql, rows: select 2 as value}\n");
        UnitTestQuery query = compiled("scales").query();
        assertThat(query.sql())
                .contains("r.value * 2 * 1 as value", "'kwh' as unit")
                .contains(
                        "from __dbt__cte__lake__pasted r", "join __dbt__cte__pasted using", "join __dbt__cte__regions")
                .doesNotContain("hive", "max(id)");
        assertThat(input(query, "source('lake', 'pasted')").columnsOf()).isEqualTo("\"hudi\".\"lake\".\"pasted\"");
        assertThat(input(query, "ref('pasted')").columnsOf())
                .as("what is never built is asked by its own query")
                .contains("select id from \"hive\".\"marts\".\"regions\"");
        assertThat(rows(input(query, "source('lake', 'pasted')")))
                .as("a fraction as it is written")
                .containsExactly(Map.of("id", 7, "value", new BigDecimal("1234567890123.123456")));
        assertThat(rows(input(query, "ref('pasted')"))).containsExactly(Map.of("id", "7"));
        assertThat(rows(input(query, "ref(\"regions\")")))
                .as("without rows, those of the seed")
                .hasSize(2)
                .contains(Map.of("id", "7", "region", "north"));
        assertThat(query.expected()).isEqualTo(new Fixture.Query(java.util.Optional.empty(), "select 2 as value"));

        LinkedHashMap<String, String> given = new LinkedHashMap<>();
        given.put("__dbt__cte__pasted", "select 7 as id");
        assertThat(query.reading(given)).startsWith("with __dbt__cte__pasted as (\nselect 7 as id\n)\nselect r.value");
    }

    @Test
    void overridesMacrosVariablesAndTheEnvironment() {
        project.file("models/_unit.yml", GIVEN + """
                      - input: this
                        rows: [{value: 1}]
                    expect: {rows: []}
                    overrides:
                      macros: {is_incremental: true, scaled: '9'}
                      vars: {factor: 3}
                      env_vars: {UNIT: mwh}
                """);
        UnitTestQuery query = compiled("scales").query();
        assertThat(query.sql())
                .contains("9 * 3 as value, 'mwh' as unit")
                .contains("select max(id) from __dbt__cte__energy");
        assertThat(query.inputs().getLast().columnsOf())
                .as("the columns of the model itself, which need not be there")
                .startsWith("(\n")
                .contains("r.value * 2 * 1");
    }

    @Test
    void isSelectedWithItsModelAndByItsKind() {
        project.file("models/_unit.yml", GIVEN + "    expect: {rows: []}\n");
        CompiledProject compiled = compile();
        for (String selector :
                List.of("energy", "test_type:unit", "unit_test:scales", "tag:fast", "resource_type:unit_test")) {
            assertThat(compiled.select(new Selection(List.of(selector), List.of(), Set.of())))
                    .as(selector)
                    .extracting(CompiledNode::uniqueId)
                    .contains("unit_test.shop.energy.scales");
        }
        assertThat(compiled.select(
                        new Selection(List.of("energy"), List.of("energy,test_type:unit", "energy"), Set.of())))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongWithATest() {
        project.file("models/_unit.yml", """
                unit_tests:
                  - name: lacks
                    model: energy
                    given:
                      - input: ref('pasted')
                        rows: []
                      - input: ref('regionz')
                        rows: []
                      - input: regions
                        rows: []
                      - input: ref('pasted')
                    expect:
                      rows: [{a: 1}, {b: 2}]
                """);
        assertThatThrownBy(this::compile)
                .hasMessageContaining("models/_unit.yml:7: unit test lacks: ref('regionz'): there is no model or seed")
                .hasMessageContaining("regions is neither ref('…') nor source('…', '…')")
                .hasMessageContaining("input ref('pasted') has no rows; only those of a seed can be left out")
                .hasMessageContaining("input ref('pasted') is given twice")
                .hasMessageContaining("it gives no rows for ref('regions'), which energy reads (models/energy.sql:4)")
                .hasMessageContaining("it gives no rows for source('lake', 'pasted')")
                .hasMessageContaining("an expected row has the columns b, and the first one a");
    }

    @Test
    void whatIsWrongInTheFileShowsWhenItIsRead() {
        project.file("tests/fixtures/two.csv", "a,b\n1\n").file("tests/fixtures/one.sql", "select 1 as a");
        project.file("models/_unit.yml", """
                unit_tests:
                  - name: wrong
                    model: enrgy
                    givn: []
                    expect: {rows: []}
                  - name: formats
                    model: energy
                    given:
                      - {input: ref('pasted'), format: csw, rows: []}
                      - {input: ref('pasted'), format: csv, fixture: tow}
                      - {input: ref('pasted'), format: csv, fixture: two}
                      - {input: ref('pasted'), format: csv, fixture: one}
                      - {input: ref('pasted'), fixture: two}
                      - {input: ref('pasted'), format: sql}
                    expect: {format: sql, fixture: one, rows: x}
                """);
        assertThatThrownBy(project::load)
                .hasMessageContaining(
                        "models/_unit.yml:2: unit test wrong: there is no model enrgy; did you mean 'energy'?")
                .hasMessageContaining("unknown key givn in a unit test; did you mean 'given'?")
                .hasMessageContaining("format 'csw' does not exist; did you mean 'csv'?")
                .hasMessageContaining(
                        "there is no fixture tow in the folder fixtures of the tests; did you mean 'two'?")
                .hasMessageContaining("tests/fixtures/two.csv: line 2 of the rows has 1 fields where the header has 2")
                .hasMessageContaining("fixture one is tests/fixtures/one.sql, which is not of format csv")
                .hasMessageContaining("a fixture is a file of format csv or sql; say which: format: csv")
                .hasMessageContaining("rows or fixture is missing")
                .hasMessageContaining("rows and fixture stand side by side");
    }

    private static UnitTestQuery.Input input(UnitTestQuery query, String table) {
        return query.inputs().stream()
                .filter(input -> input.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> rows(UnitTestQuery.Input input) {
        return ((Fixture.Values) input.rows())
                .rows().stream().<Map<String, Object>>map(LinkedHashMap::new).toList();
    }
}
