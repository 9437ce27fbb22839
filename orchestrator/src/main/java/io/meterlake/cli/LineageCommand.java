package io.meterlake.cli;

import io.meterlake.columns.AskedColumns;
import io.meterlake.columns.ProjectColumns;
import io.meterlake.compile.CompiledProject;
import io.meterlake.config.Config;
import io.meterlake.error.ExitCode;
import io.meterlake.lake.Lake;
import io.meterlake.report.LineageCheck;
import io.meterlake.report.LineageVerification;
import io.meterlake.report.ReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code lineage verify} and {@code lineage columns}. */
@Command(
        name = "lineage",
        description = "Checks the records of what reports were made from, and shows what columns are made from",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(verify|columns)")
final class LineageCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "verify",
            description = "Compares the chain of lineage rows with its hashes, its copies beside the reports and the"
                    + " table of reports; ends with 3 if a row was changed, is missing or is too much",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        Config config = parent.config();
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            ReportFiles files = ReportCommand.files(config);
            LineageCheck check = new LineageVerification(files, ReportCommand.records(files, lake)).check();
            new ProofText(parent.console()).lineage(check, output);
            return check.exitCode().status();
        }
    }

    @Command(
            name = "columns",
            description = "Shows which columns of sources and seeds the columns of a model, seed, source or report come"
                    + " from, and how; asks no server",
            mixinStandardHelpOptions = true)
    int columns(
            @Parameters(
                            paramLabel = "NODE[.COLUMN]",
                            description = "such as fct_settlement, lake.meter_readings.value or a unique id")
                    String written,
            @Option(names = "--downstream", description = "what reads the columns instead, down to the reports")
                    boolean downstream,
            @Option(
                            names = "--vars",
                            paramLabel = "YAML",
                            defaultValue = "{}",
                            description = "variables for the templates, such as '{period_start: 2026-01-01}'")
                    String vars,
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        CompiledProject project =
                ProjectOptions.again(vars, null, null, null).compile(parent.context(), parent.config());
        ProjectColumns columns = ProjectColumns.of(project);
        AskedColumns asked = AskedColumns.of(written, project, columns);
        new ColumnLineageText(parent.console().out(), columns, asked, downstream).print(output);
        return ExitCode.OK.status();
    }
}
