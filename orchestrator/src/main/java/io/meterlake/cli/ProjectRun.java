package io.meterlake.cli;

import static io.meterlake.run.RunErrorCode.NOTHING_SELECTED;

import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Selection;
import io.meterlake.config.Config;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lineage.openlineage.RunEvents;
import io.meterlake.project.SeedReader;
import io.meterlake.run.Plan;
import io.meterlake.run.PlanRunner;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunLock;
import io.meterlake.run.RunResult;
import java.util.Objects;
import java.util.function.BiFunction;

/** What run, build, test and seed have in common: compile, plan, run under the project's lock. */
final class ProjectRun {
    private ProjectRun() {}

    static int execute(
            MeterlakeCommand parent,
            ProjectOptions options,
            String command,
            BiFunction<CompiledProject, Selection, Plan> planner) {
        Config config = parent.config();
        CompiledProject project = options.compile(parent.context(), config);
        Gate.check(project, parent.console());
        Plan plan = planner.apply(project, options.selection());
        if (plan.works().isEmpty()) {
            throw new MeterlakeException(
                    NOTHING_SELECTED,
                    "Cannot " + command + ": nothing that it could work on is selected",
                    "See what is selected with `./meterlake ls` and the same options.");
        }
        try (EngineSession session = EngineSession.open(config, command)) {
            RunListener progress = new RunProgress(parent.console());
            RunResult result;
            if (OpenLineage.isOn(config)) {
                try (Lake lake = LakeSession.open(config, parent.context().clock())) {
                    RunListener events = OpenLineage.log(
                                    parent.context(),
                                    config,
                                    lake,
                                    project.project().name())
                            .<RunListener>map(log -> new RunEvents(
                                    log, project, command, parent.context().clock()))
                            .orElseThrow();
                    RunListener both = RunListener.both(progress, events);
                    result = execute(parent.context(), project, plan, session.trino(), options.threads(config), both);
                }
            } else {
                result = execute(parent.context(), project, plan, session.trino(), options.threads(config), progress);
            }
            return result.exitCode().status();
        }
    }

    /** Runs a plan under the project's lock. */
    static RunResult execute(
            CommandContext context,
            CompiledProject project,
            Plan plan,
            Trino trino,
            int threads,
            RunListener listener) {
        try (RunLock lock = RunLock.acquire(project.project().targetFolder().resolve("run.lock"), "the models")) {
            Objects.requireNonNull(lock);
            PlanRunner runner =
                    new PlanRunner(trino, seed -> SeedReader.read(project.project(), seed), threads, context.clock());
            return runner.run(plan, listener);
        }
    }
}
