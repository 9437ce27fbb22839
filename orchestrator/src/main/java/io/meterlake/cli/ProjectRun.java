package io.meterlake.cli;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.openlineage.RunEvents;
import io.meterlake.project.Project;
import io.meterlake.report.ReportErrorCode;
import io.meterlake.report.ReportFiles;
import io.meterlake.retention.ReportFact;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunRecords;
import io.meterlake.run.RunResult;
import io.meterlake.run.SnapshotRun;
import io.meterlake.snapshot.Snapshots;
import java.util.Locale;
import java.util.Objects;

/** What run, build, test and seed have in common: one run under the lake's lock. */
final class ProjectRun {
    private final MeterlakeCommand parent;
    private final Config config;
    private final ProjectOptions options;
    private final RunKind kind;
    private final CompiledProject declared;
    private final RunProgress progress;

    private ProjectRun(MeterlakeCommand parent, Config config, ProjectOptions options, RunKind kind) {
        this.parent = parent;
        this.config = config;
        this.options = options;
        this.kind = kind;
        // Before any server is asked, so that a mistake in the project shows at once.
        this.declared = options.compile(parent.context(), config);
        Gate.check(declared, parent.console());
        this.progress = new RunProgress(
                parent.console(),
                new FailedTests(
                        declared.project().targetFolder(), parent.context().folder()),
                parent.debug());
    }

    static int execute(MeterlakeCommand parent, ProjectOptions options, RunOutput output, RunKind kind) {
        ProjectRun run = new ProjectRun(parent, parent.config(), options, kind);
        try (EngineSession session = EngineSession.open(run.config, run.command());
                Lake lake = LakeSession.open(run.config, parent.context().clock())) {
            RunResult result = run.execute(session.trino(), lake);
            if (output.isJson()) {
                parent.console().out().print(RunDocument.of(kind, result, run.progress));
            }
            return result.exitCode().status();
        }
    }

    /** A run with Trino and a lake that are open already. */
    static RunResult execute(
            MeterlakeCommand parent, Config config, ProjectOptions options, RunKind kind, Trino trino, Lake lake) {
        return new ProjectRun(parent, config, options, kind).execute(trino, lake);
    }

    private String command() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private RunResult execute(Trino trino, Lake lake) {
        Project project = declared.project();
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
                    (snapshot, drop) -> dropUnlessNeeded(lake, reports, snapshot, drop),
                    options.threads(config),
                    parent.context().clock());
            return run.run(declared, kind, options.selection(), listener(project));
        }
    }

    /**
     * Under the lock of reports, since one that is being made may have taken the snapshot for the newest, and with no proof
     * under way that reads what it pins.
     */
    private static void dropUnlessNeeded(Lake lake, ReportFiles reports, String snapshotId, Runnable drop) {
        try (WorkLock lock = lake.lock(WorkLock.Work.REPORTS);
                InputsLock inputs = lake.dropInputs()) {
            Objects.requireNonNull(lock);
            Objects.requireNonNull(inputs);
            boolean needed = ReportFact.all(lake, reports).stream()
                    .anyMatch(report -> report.snapshotId().equals(snapshotId));
            if (!needed) {
                drop.run();
            }
        } catch (MeterlakeException e) {
            // A report is being made or proven, or a manifest cannot be read: the next run asks again.
            if (e.code() != LakeErrorCode.LAKE_LOCKED
                    && e.code() != ReportErrorCode.BROKEN_MANIFEST
                    && e.code() != ReportErrorCode.REPORT_FILES) {
                throw e;
            }
        }
    }

    private RunListener listener(Project project) {
        CommandContext context = parent.context();
        RunListener told = OpenLineage.log(context, config, project.name())
                .map(log -> RunListener.both(progress, new RunEvents(log, declared, command(), context.clock())))
                .orElse(progress);
        // Last, so that what they may fail of is not the only thing that is said about the run.
        return RunListener.both(told, Artifacts.of(declared, command(), options, config, context.clock()));
    }
}
