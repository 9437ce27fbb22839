package io.meterlake.cli;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.Trino;
import io.meterlake.lake.Lake;
import io.meterlake.lake.WorkLock;
import io.meterlake.project.Project;
import io.meterlake.report.ReportFiles;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunRecords;
import io.meterlake.run.RunResult;
import io.meterlake.run.SnapshotRun;
import io.meterlake.snapshot.Snapshots;
import java.util.Locale;
import java.util.Objects;

/** What run, build, test and seed have in common: one run under the lake's lock. */
final class ProjectRun {
    private ProjectRun() {}

    static int execute(MeterlakeCommand parent, ProjectOptions options, RunOutput output, RunKind kind) {
        Config config = parent.config();
        // Before any server is asked, so that a mistake in the project shows at once.
        options.compile(parent.context(), config);
        try (EngineSession session = EngineSession.open(config, kind.name().toLowerCase(Locale.ROOT));
                Lake lake = LakeSession.open(config, parent.context().clock())) {
            RunProgress progress = progress(parent, options.load(config));
            RunResult result = execute(parent, config, options, kind, session.trino(), lake, progress);
            if (output.isJson()) {
                parent.console().out().print(RunDocument.of(kind, result, progress.snapshot(), progress.rowsQueries()));
            }
            return result.exitCode().status();
        }
    }

    /** A run with Trino and a lake that are open already. */
    static RunResult execute(
            MeterlakeCommand parent, Config config, ProjectOptions options, RunKind kind, Trino trino, Lake lake) {
        return execute(parent, config, options, kind, trino, lake, progress(parent, options.load(config)));
    }

    private static RunProgress progress(MeterlakeCommand parent, Project project) {
        return new RunProgress(
                parent.console(),
                new FailedTests(project.targetFolder(), parent.context().folder()),
                parent.debug());
    }

    private static RunResult execute(
            MeterlakeCommand parent,
            Config config,
            ProjectOptions options,
            RunKind kind,
            Trino trino,
            Lake lake,
            RunProgress progress) {
        Project project = options.load(config);
        CompileOptions compileOptions = options.compileOptions(parent.context(), config);
        ReportFiles reports = new ReportFiles(config.path(Setting.REPORTS_PATH));
        try (WorkLock lock = lake.lock(WorkLock.Work.RUN)) {
            Objects.requireNonNull(lock);
            SnapshotRun run = new SnapshotRun(
                    trino,
                    new Snapshots(lake),
                    new RunRecords(config.path(Setting.RUNS_PATH)),
                    new SnapshotRun.Sources(compileOptions.relations(), config.text(Setting.LAKE_DATABASE)),
                    relations -> ProjectCompiler.compile(project, compileOptions.withRelations(relations)),
                    snapshot -> reports.all().stream().anyMatch(report -> snapshot.equals(report.snapshotId())),
                    options.threads(config),
                    parent.context().clock());
            return run.run(kind, options.selection(), progress);
        }
    }
}
