package io.meterlake.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.project.ProjectLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meterlake's own models, down to the lake. */
final class ProjectColumnsTest {
    private static final Path FOLDER = Path.of("..", "sql-models");

    private ProjectColumns columns;

    @BeforeEach
    void read() {
        assumeTrue(Files.isDirectory(FOLDER), "there is no sql-models beside this module");
        columns = ProjectColumns.of(ProjectCompiler.compile(ProjectLoader.load(FOLDER), CompileOptions.defaults()));
    }

    @Test
    void everyModelAndReportIsResolvedCompletely() {
        assertThat(columns.queries()).isNotEmpty().allSatisfy((node, query) -> {
            assertThat(query.unresolved()).as(node).isEmpty();
            assertThat(query.columns())
                    .as(node)
                    .isNotEmpty()
                    .noneMatch(column -> column.name().isEmpty());
        });
    }

    @Test
    void settledEnergyIsAnAggregateOfTheLakesReadings() {
        ColumnName energy = new ColumnName("model.meterlake.fct_settlement", "energy_kwh");
        ColumnName value = new ColumnName("source.meterlake.lake.meter_readings", "value");

        assertThat(columns.sources(energy).columns().get(value)).contains(Influence.AGGREGATION);
        assertThat(columns.dependents(value).columns().get(energy)).contains(Influence.AGGREGATION);
        assertThat(columns.dependents(value).columns().keySet())
                .as("down to the report")
                .contains(new ColumnName("analysis.meterlake.settlement", "energy_kwh"));
    }

    @Test
    void upAndDownSayTheSame() {
        columns.queries()
                .forEach((node, query) -> columns.columns(node).forEach(name -> {
                    ColumnName column = new ColumnName(node, name);
                    columns.sources(column)
                            .columns()
                            .forEach((source, ways) -> assertThat(
                                            columns.dependents(source).columns().get(column))
                                    .as("%s to %s", source, column)
                                    .isEqualTo(ways));
                }));
    }
}
