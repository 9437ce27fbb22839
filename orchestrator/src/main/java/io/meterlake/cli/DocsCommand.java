package io.meterlake.cli;

import io.meterlake.artifact.ArtifactFiles;
import io.meterlake.artifact.CatalogDocument;
import io.meterlake.artifact.ColumnLineageDocument;
import io.meterlake.artifact.Invocation;
import io.meterlake.artifact.RunArtifacts;
import io.meterlake.columns.ProjectColumns;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code docs generate}. */
@Command(
        name = "docs",
        description = "Describes the SQL project and its tables for programs that read dbt's files",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(generate)")
final class DocsCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "generate",
            description = "Writes target/manifest.json, target/column_lineage.json with what columns are made from,"
                    + " and target/catalog.json with the columns and types that tables and views have in Trino",
            mixinStandardHelpOptions = true)
    int generate(@Mixin ProjectOptions options) {
        CommandContext context = parent.context();
        Config config = parent.config();
        CompiledProject project = options.compile(context, config);
        Gate.check(project, parent.context());
        List<CompiledNode> asked = project.select(options.selection(context, project.project()));
        Invocation invocation = Artifacts.manifest(project, "generate", context.clock());
        ArtifactFiles.write(
                project.project().targetFolder(),
                ArtifactFiles.COLUMN_LINEAGE,
                ColumnLineageDocument.of(
                        ProjectColumns.of(project), invocation, context.clock().instant()));
        CatalogDocument catalog;
        try (EngineSession session = EngineSession.open(config, "docs")) {
            catalog = CatalogDocument.of(
                    project, asked, invocation, session.trino(), context.clock().instant());
        }
        ArtifactFiles.write(project.project().targetFolder(), ArtifactFiles.CATALOG, catalog.json());
        copyToRun(config.path(Setting.RUNS_PATH), catalog);
        parent.console()
                .note("Wrote %s with %d tables and views"
                        .formatted(project.project().targetFolder().resolve(ArtifactFiles.CATALOG), catalog.found()));
        catalog.missing().forEach(id -> parent.console().note("  not in Trino: " + id));
        return ExitCode.OK.status();
    }

    /** What readers see now is what the run built that was published last. */
    private static void copyToRun(Path runs, CatalogDocument catalog) {
        new RunRecords(runs)
                .all().stream()
                        .filter(run -> run.status() == RunRecord.Status.PUBLISHED)
                        .reduce((earlier, later) -> later)
                        .ifPresent(run -> ArtifactFiles.write(
                                RunArtifacts.folder(runs, run.snapshotId()), ArtifactFiles.CATALOG, catalog.json()));
    }
}
