package io.meterlake.cli;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.lake.CleanedSpace;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WorkLock;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.project.Relation;
import io.meterlake.project.SeedReader;
import io.meterlake.report.ReportFiles;
import io.meterlake.retention.PolicyFile;
import io.meterlake.retention.RetentionFacts;
import io.meterlake.retention.RetentionListener;
import io.meterlake.retention.RetentionPlan;
import io.meterlake.retention.RetentionPlanner;
import io.meterlake.retention.RetentionPolicy;
import io.meterlake.retention.RetentionRun;
import io.meterlake.retention.RetentionSources;
import io.meterlake.run.RunRecords;
import io.meterlake.run.SeedLoader;
import io.meterlake.snapshot.SnapshotProtection;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code retention plan|apply}. */
@Command(
        name = "retention",
        description = "Drops snapshots that nobody needs, and keeps what signed reports need",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(plan | apply)")
final class RetentionCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "plan",
            description = "Says for each snapshot whether it is kept, why, and how many bytes it keeps alive",
            mixinStandardHelpOptions = true)
    int plan(
            @Option(names = "--policy", paramLabel = "FILE", description = "the policy; retention.policy unless told")
                    @Nullable
                    Path policy,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        RetentionPolicy rules = PolicyFile.read(policyFile(policy));
        try (EngineSession session = EngineSession.open(parent.config(), "retention plan");
                Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            text().plan(plan(rules, sources(lake, session.trino())), output);
        }
        return ExitCode.OK.status();
    }

    @Command(name = "apply", description = "Does what `retention plan` says", mixinStandardHelpOptions = true)
    int apply(
            @Option(names = "--policy", paramLabel = "FILE", description = "the policy; retention.policy unless told")
                    @Nullable
                    Path policy,
            @Option(names = "--clean", description = "let Hudi delete now what nothing keeps, not with the next ingest")
                    boolean clean,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        RetentionPolicy rules = PolicyFile.read(policyFile(policy));
        Config config = parent.config();
        try (EngineSession session = EngineSession.open(config, "retention apply");
                Lake lake = LakeSession.open(config, parent.context().clock())) {
            RetentionSources sources = sources(lake, session.trino());
            RetentionPlan plan;
            // Nothing can come to need what the plan drops: no run and no report begins, is signed or proven meanwhile.
            try (WorkLock runs = lake.lock(WorkLock.Work.RUN);
                    WorkLock reports = lake.lock(WorkLock.Work.REPORTS);
                    InputsLock inputs = lake.dropInputs()) {
                Objects.requireNonNull(inputs);
                Objects.requireNonNull(runs);
                Objects.requireNonNull(reports);
                // A signature that was cut off keeps more than a draft.
                ReportCommand.records(ReportCommand.files(config), lake).finishAll();
                plan = plan(rules, sources);
                new RetentionRun(
                                sources.snapshots(),
                                sources.runs(),
                                table -> session.trino().execute("drop table if exists " + table.sql()))
                        .apply(plan, listener());
                dropGathered(lake);
            }
            List<CleanedSpace> cleaned = clean ? new SnapshotProtection(lake).clean() : List.of();
            text().applied(plan, cleaned, output);
        }
        return ExitCode.OK.status();
    }

    /** Of snapshots that are gone. */
    private static void dropGathered(Lake lake) {
        try {
            new ReadingsByMeter(lake).tidy();
        } catch (MeterlakeException e) {
            if (e.code() != LakeErrorCode.LAKE_LOCKED) {
                throw e;
            }
            // Somebody gathers. The next gather or retention drops them.
        }
    }

    private RetentionPlan plan(RetentionPolicy policy, RetentionSources sources) {
        RetentionFacts facts = sources.read(seeds());
        return RetentionPlanner.plan(policy, facts, parent.context().clock().instant());
    }

    private RetentionSources sources(Lake lake, Trino trino) {
        return new RetentionSources(
                lake,
                trino,
                new Snapshots(lake),
                new RunRecords(parent.config().path(Setting.RUNS_PATH)),
                new ReportFiles(parent.config().path(Setting.REPORTS_PATH)));
    }

    /** The views of the seeds, and the table that holds what the file holds now. */
    private Map<Relation, Relation> seeds() {
        CompiledProject compiled = new ProjectOptions().compile(parent.context(), parent.config());
        Map<Relation, Relation> seeds = new HashMap<>();
        for (CompiledNode node : compiled.nodes()) {
            if (node instanceof CompiledNode.SeedNode seed) {
                seeds.put(
                        seed.relation(),
                        SeedLoader.tableOf(seed.relation(), seed.resource(), SeedReader.read(seed.resource())));
            }
        }
        return seeds;
    }

    private Path policyFile(@Nullable Path option) {
        return option == null
                ? parent.config().path(Setting.RETENTION_POLICY)
                : parent.context().folder().resolve(option);
    }

    private RetentionListener listener() {
        return new RetentionListener() {
            @Override
            public void done(RetentionPlan.Action action) {
                parent.console()
                        .log()
                        .write(
                                switch (action) {
                                    case RetentionPlan.Action.DropSnapshot(String id) ->
                                        LogEvent.info("Dropped snapshot " + id).with(Field.SNAPSHOT, id);
                                    case RetentionPlan.Action.DropSeed(Relation table) ->
                                        LogEvent.info("Dropped seed table " + table.dotted())
                                                .with(Field.TABLE, table.dotted());
                                    case RetentionPlan.Action.DropUnfinishedSeed(Relation table) ->
                                        LogEvent.info("Dropped unfinished seed table " + table.dotted())
                                                .with(Field.TABLE, table.dotted());
                                });
            }
        };
    }

    private RetentionText text() {
        return new RetentionText(parent.console());
    }
}
