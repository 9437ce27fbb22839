package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.project.TestProject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lineage columns}, without any server. */
final class LineageColumnsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        new TestProject(folder.resolve("sql-models"))
                .file("models/_s.yml", """
                        sources:
                          - name: lake
                            database: hudi
                            tables:
                              - {name: readings, columns: [{name: meter}, {name: value}, {name: unit}]}
                              - {name: others}
                        """)
                .file("seeds/factors.csv", "unit,factor\nkWh,1\n")
                .model("in_kwh", """
                        {{ config(materialized='ephemeral') }}
                        select r.meter, r.value * f.factor as kwh
                        from {{ source('lake', 'readings') }} as r join {{ ref('factors') }} as f on f.unit = r.unit
                        """)
                .model("totals", "select meter, sum(kwh) as kwh from {{ ref('in_kwh') }} group by meter")
                .model("copy", "select * from {{ source('lake', 'others') }}")
                .file("analyses/bill.sql", "select meter, kwh from {{ ref('totals') }} where kwh > 0");
    }

    private CommandRun columns(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "lineage";
        all[1] = "columns";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.offline(folder, all);
    }

    @Test
    void goesUpToSourcesAndSeedsAndSaysWhatDecidesTheRows() {
        CommandRun run = columns("bill");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("""
                        analysis.shop.bill
                          meter
                            identity        source.shop.lake.readings.meter
                          kwh
                            aggregation     seed.shop.factors.factor
                            aggregation     source.shop.lake.readings.value
                        which rows there are
                            filter          seed.shop.factors.factor
                            join            seed.shop.factors.unit
                            group by        source.shop.lake.readings.meter
                            join            source.shop.lake.readings.unit
                            filter          source.shop.lake.readings.value
                        """);
    }

    @Test
    void goesDownToReports() {
        CommandRun run = columns("lake.readings.VALUE", "--downstream");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("""
                        source.shop.lake.readings
                          value
                            transformation  model.shop.in_kwh.kwh
                            aggregation     model.shop.totals.kwh
                            aggregation     analysis.shop.bill.kwh
                            filter          which rows there are of analysis.shop.bill
                        """);
        assertThat(columns("factors.unit", "--downstream").out())
                .contains(
                        "join            which rows there are of model.shop.in_kwh",
                        "join            which rows there are of model.shop.totals",
                        "join            which rows there are of analysis.shop.bill");
        assertThat(columns("bill", "--downstream").out()).contains("    is read by nothing");
    }

    @Test
    void isOneDocumentForPrograms() throws IOException {
        JsonNode up = new ObjectMapper()
                .readTree(columns("model.shop.totals.kwh", "--output", "json").out());
        assertThat(up.at("/node").asText()).isEqualTo("model.shop.totals");
        assertThat(up.at("/direction").asText()).isEqualTo("upstream");
        assertThat(up.at("/columns").size()).isEqualTo(1);
        assertThat(up.at("/columns/kwh/sources/1/column").asText()).isEqualTo("value");
        assertThat(up.at("/columns/kwh/sources/1/kinds/0").asText()).isEqualTo("aggregation");
        assertThat(up.at("/rows/sources/1/kinds/0").asText()).isEqualTo("group_by");
        assertThat(up.at("/unresolved").isEmpty()).isTrue();

        JsonNode down = new ObjectMapper()
                .readTree(columns("readings.value", "--downstream", "--output", "json")
                        .out());
        assertThat(down.at("/columns/value/dependents/2/node").asText()).isEqualTo("analysis.shop.bill");
        assertThat(down.at("/columns/value/rows/0/kinds/0").asText()).isEqualTo("filter");
    }

    @Test
    void saysWhatCannotBeTold() {
        assertThat(columns("copy").out())
                .contains(
                        "its columns are not known",
                        "not resolved, so there may be more",
                        "model.shop.copy: * of hudi.lake.others, whose columns are not known");
        assertThat(columns("others", "--downstream").out()).contains("  model.shop.copy: * of hudi.lake.others");
        assertThat(columns("totals").out()).doesNotContain("not resolved");
    }

    @Test
    void asksWhatWasMeantByANameThatIsNone() {
        CommandRun node = columns("totls.kwh");
        assertThat(node.status()).isEqualTo(2);
        assertThat(node.out()).isEmpty();
        assertThat(node.err())
                .contains("Cannot find totls.kwh: the project has no such model, seed, source or report; did you mean"
                        + " 'totals.kwh'?");
        CommandRun column = columns("totals.kwhh");
        assertThat(column.status()).isEqualTo(2);
        assertThat(column.err())
                .contains("Cannot find column kwhh of model.shop.totals: it has meter, kwh; did you mean 'kwh'?");
        assertThat(columns("others.id").err()).contains("its columns are not known");
    }

    @Test
    void refusesANameThatSeveralNodesHave() {
        new TestProject(folder.resolve("sql-models"))
                .file("models/_t.yml", "sources: [{name: more, database: hudi, tables: [{name: totals}]}]\n");
        CommandRun run = columns("totals");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "Cannot tell which node totals is: it could be ",
                        "model.shop.totals",
                        "source.shop.more.totals");
        assertThat(columns("more.totals").status()).isZero();
    }
}
