package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meterlake.project.ProjectLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meterlake's own models compile. */
final class SqlModelsTest {
    private static final Path FOLDER = Path.of("..", "sql-models");

    private CompiledProject compiled;

    @BeforeEach
    void compile() {
        assumeTrue(Files.isDirectory(FOLDER), "there is no sql-models beside this module");
        compiled = ProjectCompiler.compile(ProjectLoader.load(FOLDER), CompileOptions.defaults());
    }

    @Test
    void theSettlementReportReadsOnlyTheLakeAndSeedsOnceInlined() {
        ReportDefinition report = compiled.report("settlement");

        InlinedQuery query = compiled.inline(report.uniqueId());

        assertThat(query.sources())
                .extracting(table -> table.relation().dotted())
                .contains("hudi.lake.meter_readings");
        assertThat(query.variables())
                .containsOnlyKeys(ReportDefinition.PERIOD_START, ReportDefinition.PERIOD_END, "silent_months");
        assertThat(query.sql())
                .doesNotContain("\"marts\"")
                .doesNotContain("\"staging\"")
                .doesNotContain("{{");
    }

    @Test
    void everyModelGoesToTheSchemaOfItsFolder() {
        assertThat(compiled.nodes().stream()
                        .filter(CompiledNode.Model.class::isInstance)
                        .map(CompiledNode.Model.class::cast)
                        .map(model -> model.relation().schema()))
                .isNotEmpty()
                .containsOnly("marts", "staging");
    }
}
