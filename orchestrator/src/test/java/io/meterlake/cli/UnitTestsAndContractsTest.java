package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.project.TestProject;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds a model back before it is built: unit tests and contracts, on the real Trino. */
class UnitTestsAndContractsTest {
    @TempDir
    private Path folder;

    private TestProject project;
    private String schema = "";

    @BeforeEach
    void start() {
        schema = SharedStack.get().newSchema("unit");
        project = new TestProject(folder.resolve("sql-models"))
                .takingSchemasAsTheyAre()
                .file("dbt_project.yml", "name: shop\nmodels:\n  +schema: " + schema + "\n");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.onStack(
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + schema + "_lake"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static final String UNIT_TESTS = """
            unit_tests:
              - name: sums_each_meter
                model: energy
                given:
                  - input: ref('readings')
                    rows:
                      - {meter_id: m1, at: 2026-01-25 10:00:00, kwh: 1.250}
                      - {meter_id: m1, at: 2026-01-25 10:30:00, kwh: 0.5, tags: [a, b]}
                      - {meter_id: longer than any, kwh: 7}
                      - {meter_id: late, at: 2026-01-26 00:00:00, kwh: 7}
                  - input: ref('limits')
                    format: sql
                    rows: select date '2026-01-26' as until
                expect:
                  rows:
                    - {meter_id: longer than any, kwh: %s, tags: null}
                    - {meter_id: m1, kwh: 1.75, tags: [a, b]}
            """;

    @Test
    void buildsAModelOnlyIfItMakesOfGivenRowsWhatIsExpected() throws IOException {
        project.model("readings", """
                        {{ config(materialized='table') }}
                        select 'm1' as meter_id, timestamp '2026-01-25 10:00:00.000000' as at,
                            cast(1.25 as decimal(18, 3)) as kwh, array['x'] as tags
                        """)
                .model("limits", "{{ config(materialized='ephemeral') }}\nselect date '2026-01-26' as until")
                .model("energy", """
                        select meter_id, sum(kwh) as kwh, max_by(tags, at) as tags
                        from {{ ref('readings') }}
                        where at is null or at < (select until from {{ ref('limits') }})
                        group by meter_id
                        """)
                .model("reader", "select * from {{ ref('energy') }}")
                .file("models/_unit.yml", UNIT_TESTS.formatted("8"));
        CommandRun build = run("build", "--output", "json");
        assertThat(build.status()).as(build.err()).isEqualTo(3);
        assertThat(build.err())
                .contains("FAIL in unit test energy.sums_each_meter (unit_test.shop.energy.sums_each_meter)")
                .contains("actual differs from expected (expected → actual):")
                .containsPattern("changed +longer than any +8\\.000 → 7\\.000 +null\n")
                .contains("as expected: 1")
                .contains("Done in", "1 success, 1 fail, 2 skipped");
        JsonNode failed = new ObjectMapper().readTree(build.out()).at("/results/1");
        assertThat(failed.get("failures").asInt()).isEqualTo(1);
        assertThat(failed.get("message").asText()).startsWith("actual differs from expected");

        project.file("models/_unit.yml", UNIT_TESTS.formatted("7"));
        CommandRun retried = run("retry");
        assertThat(retried.err()).contains("3 success, 1 pass");
        assertThat(retried.status()).isZero();

        project.file("models/_unit.yml", UNIT_TESTS.formatted("7").replace("meter_id: late", "meter: late"));
        CommandRun test = run("test", "--select", "test_type:unit");
        assertThat(test.status()).isEqualTo(1);
        assertThat(test.err())
                .contains("input ref('readings'): there is no column meter")
                .contains("Fix: Mend the rows at models/_unit.yml:5.");
    }

    private static final String CONTRACT = """
            models:
              - name: energy
                config: {contract: {enforced: true}}
                columns:
                  - {name: kwh, data_type: 'decimal(18, 6)'}
                  - {name: meter_id, data_type: varchar, constraints: [{type: not_null}, {type: unique}]}
                  - {name: days, data_type: int}
              - name: shown
                config: {contract: {enforced: true}}
                columns:
                  - {name: at, data_type: timestamp}
                  - {name: kwh, data_type: 'decimal(18, 3)'}
            """;

    @Test
    void publishesAModelOnlyIfItKeepsItsContract() {
        String energy = "{{ config(materialized='table') }}\nselect cast(1 as %s) as days, %s as meter_id, 1.5 as kwh";
        project.model("energy", energy.formatted("bigint", "'m'") + ", 1 as more")
                .model(
                        "shown",
                        "select cast(1.5 as decimal(18, 6)) as kwh, timestamp '2026-01-25 10:00:00.123456' as at")
                .file("models/_models.yml", CONTRACT);
        CommandRun broken = run("build");
        assertThat(broken.status()).as(broken.err()).isEqualTo(1);
        assertThat(broken.err())
                .contains("constraint unique of energy is not enforced: Trino cannot")
                .contains("its columns are not those of the contract:")
                .contains("| column_name | definition_type | contract_type | mismatch_reason     |")
                .contains("| days        | bigint          | integer       | data type mismatch  |")
                .contains("| more        | integer         |               | missing in contract |")
                .containsPattern("\\| kwh +\\| decimal\\(18,6\\) +\\| decimal\\(18,3\\) +\\| does not fit +\\|");

        project.model("energy", energy.formatted("integer", "cast(null as varchar(1))"))
                .model(
                        "shown",
                        "select cast(1.5 as decimal(9, 3)) as kwh, timestamp '2026-01-25 10:00:00.123456' as at");
        assertThat(run("build").err()).contains("not null, but without a value: meter_id (1 rows)");

        project.model("energy", energy.formatted("integer", "'m'"));
        CommandRun kept = run("build");
        assertThat(kept.status()).as(kept.err()).isZero();
        assertThat(types("energy"))
                .as("in the order and with the digits of the contract")
                .isEqualTo("kwh decimal(18,6), meter_id varchar(1), days integer");
        assertThat(types("shown")).isEqualTo("kwh decimal(18,3), at timestamp(6)");
    }

    private String types(String model) {
        return SharedStack.get()
                .trino()
                .rows("select * from hive." + schema + "." + model + " limit 0")
                .columns()
                .stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }
}
