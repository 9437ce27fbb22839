package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Selection;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.project.SeedReader;
import io.meterlake.run.RunRecord.Status;
import io.meterlake.run.RunRecord.Verdict;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run from beginning to end: pin, compile, build, test, publish. All models of it read one snapshot, whatever is
 * ingested meanwhile. Only if every work went well, the published views are taken to what it built; a run that fails or is
 * cut off leaves them as they were. For the holder of the lake's {@link io.meterlake.lake.WorkLock} for runs.
 */
public final class SnapshotRun {
    private static final Pattern BUILD_SCHEMA = Pattern.compile("snap_([0-9a-z]+)__.*");

    private final Trino trino;
    private final Snapshots snapshots;
    private final RunRecords records;
    private final Sources sources;
    private final Function<RelationResolver, CompiledProject> compiler;
    private final FailedRuns failedRuns;
    private final int threads;
    private final Clock clock;

    /** Keeps what a failed run left where somebody else, such as a report, reads its snapshot. */
    @FunctionalInterface
    public interface FailedRuns {
        /**
         * Drops a run's snapshot, unless it is needed, or may be: then the next run is asked again. Nobody begins to need
         * it meanwhile.
         */
        void dropUnlessNeeded(String snapshotId, Runnable drop);
    }

    /**
     * Where sources are.
     *
     * @param live as the project says
     * @param lakeDatabase the metastore database of the lake's tables
     */
    public record Sources(RelationResolver live, String lakeDatabase) {}

    /**
     * @param compiler compiles the project with sources and nodes where a resolver says
     * @param failedRuns drops what runs that failed or were cut off left
     */
    public SnapshotRun(
            Trino trino,
            Snapshots snapshots,
            RunRecords records,
            Sources sources,
            Function<RelationResolver, CompiledProject> compiler,
            FailedRuns failedRuns,
            int threads,
            Clock clock) {
        this.trino = trino;
        this.snapshots = snapshots;
        this.records = records;
        this.sources = sources;
        this.compiler = compiler;
        this.failedRuns = failedRuns;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Runs what is selected. What fails inside is in the result.
     *
     * @param declared the project compiled with the live sources
     * @throws MeterlakeException {@code NOTHING_SELECTED}, what compiling throws, or what pinning throws: nothing has
     *     been built then
     */
    public RunResult run(CompiledProject declared, RunKind kind, Selection selection, RunListener listener) {
        BuildScope scope = BuildScope.of(declared, kind, selection);
        String command = kind.name().toLowerCase(Locale.ROOT);
        if (scope.isEmpty()) {
            throw new MeterlakeException(
                    RunErrorCode.NOTHING_SELECTED,
                    "Cannot " + command + ": nothing that it could work on is selected",
                    "See what is selected with `./meterlake ls` and the same options.");
        }
        listener.began(command, scope.selected().size());
        recover(listener);
        return kind.pins()
                ? pinned(kind, command, declared, scope, selection.equals(Selection.ALL), listener)
                : live(kind, declared, scope, listener);
    }

    /** Finishes what runs that were cut off left, and drops what failed ones left. */
    private void recover(RunListener listener) {
        List<Publication> seeds = records.unfinishedSeeds();
        if (!seeds.isEmpty()) {
            PublishedViews views = new PublishedViews(trino);
            // A table that is gone was dropped since, when nothing named it any more.
            seeds.stream().filter(seed -> views.exists(seed.built())).forEach(views::publish);
            records.endSeeds();
            listener.finishedSeeds(seeds);
        }
        for (RunRecord earlier : records.all()) {
            switch (earlier.status()) {
                case PUBLISHING -> {
                    if (isListed(earlier)) {
                        publish(earlier);
                        listener.finished(earlier);
                    } else {
                        records.write(earlier.with(Status.DROPPED));
                    }
                }
                case RUNNING, FAILED -> drop(earlier);
                case PUBLISHED, DROPPED -> {
                    // Nothing is left to do.
                }
            }
        }
    }

    private void drop(RunRecord earlier) {
        failedRuns.dropUnlessNeeded(earlier.snapshotId(), () -> {
            if (isListed(earlier)) {
                snapshots.drop(earlier.snapshotId());
            }
            records.write(earlier.with(Status.DROPPED));
        });
    }

    private boolean isListed(RunRecord run) {
        return snapshots.list().stream().anyMatch(one -> one.id().equals(run.snapshotId()));
    }

    /** Tests and seeds: what is published is tested, and a seed is published when its table is there. */
    private RunResult live(RunKind kind, CompiledProject declared, BuildScope scope, RunListener listener) {
        CompiledProject compiled =
                kind == RunKind.SEED ? compiler.apply(new ImmutableSeeds(sources.live(), SeedReader::read)) : declared;
        RunResult result = runner().run(Plan.of(compiled, kind, scope), listener);
        if (result.exitCode() == ExitCode.OK) {
            List<Publication> publications = publications(declared, compiled, scope);
            if (!publications.isEmpty()) {
                records.beginSeeds(publications);
                publications.forEach(new PublishedViews(trino)::publish);
                records.endSeeds();
            }
            listener.published(publications);
        }
        listener.ended(result);
        return result;
    }

    private RunResult pinned(
            RunKind kind,
            String command,
            CompiledProject declared,
            BuildScope scope,
            boolean all,
            RunListener listener) {
        Snapshot snapshot = snapshots.create(new SnapshotRequest("run", List.of(), Optional.empty()));
        RunRecord record = new RunRecord(
                snapshot.id(),
                command,
                clock.instant(),
                Status.RUNNING,
                List.of(),
                List.of(),
                Verdict.NONE,
                RunRecord.inputs(snapshot));
        records.write(record);
        listener.reads(snapshot);
        Map<Relation, Relation> published = new PublishedViews(trino).targets(schemas(declared));
        CompiledProject project = compiler.apply(new BuildRelations(
                new PinnedSources(sources.live(), sources.lakeDatabase(), snapshot),
                snapshot.database(),
                scope,
                published,
                SeedReader::read));
        listener.pinned(snapshot, project);
        List<Publication> publications = publications(declared, project, scope);
        record = record.with(reads(project, scope), publications);
        RunResult result =
                runner().run(Plan.of(project, kind, scope), RunListener.both(noteFirstFailure(record), listener));
        if (result.exitCode() == ExitCode.OK) {
            record = record.with(kind == RunKind.BUILD && all ? Verdict.PASSED : Verdict.NONE);
            records.write(record.with(Status.PUBLISHING));
            publish(record);
            listener.published(publications);
        } else {
            records.write(record.with(Verdict.FAILED).with(Status.FAILED));
        }
        listener.ended(result);
        return result;
    }

    /** The others may go on for an hour, and the process may not live so long. */
    private RunListener noteFirstFailure(RunRecord record) {
        return new RunListener() {
            private boolean noted;

            @Override
            public void ended(int position, int total, WorkResult result) {
                if (!noted && !result.status().letsOthersGoOn()) {
                    noted = true;
                    records.write(record.with(Verdict.FAILED));
                }
            }
        };
    }

    private PlanRunner runner() {
        return new PlanRunner(trino, SeedReader::read, threads, clock);
    }

    private void publish(RunRecord record) {
        record.publications().stream()
                .map(publication -> "create schema if not exists "
                        + Relation.quoted(publication.view().catalog()) + "."
                        + Relation.quoted(publication.view().schema()))
                .distinct()
                .forEach(trino::execute);
        record.publications().forEach(new PublishedViews(trino)::publish);
        records.write(record.with(Status.PUBLISHED));
    }

    /** Dependencies first. */
    private static List<Publication> publications(
            CompiledProject declared, CompiledProject compiled, BuildScope scope) {
        List<Publication> publications = new ArrayList<>();
        for (CompiledNode node : declared.nodes()) {
            if (scope.selected().contains(node.uniqueId())
                    && (node instanceof CompiledNode.Model || node instanceof CompiledNode.SeedNode)) {
                Optional<Relation> built = compiled.node(node.uniqueId()).flatMap(CompiledNode::builtAs);
                node.builtAs()
                        .flatMap(view -> built.map(relation -> new Publication(view, relation)))
                        .ifPresent(publications::add);
            }
        }
        return publications;
    }

    private static Map<String, Set<String>> schemas(CompiledProject project) {
        Map<String, Set<String>> schemas = new HashMap<>();
        for (CompiledNode node : project.nodes()) {
            if (!(node instanceof CompiledNode.Source)) {
                node.builtAs()
                        .ifPresent(relation -> schemas.computeIfAbsent(relation.catalog(), absent -> new TreeSet<>())
                                .add(relation.schema()));
            }
        }
        return schemas;
    }

    /** The snapshots of earlier runs whose builds the nodes of this run read. */
    private static List<String> reads(CompiledProject project, BuildScope scope) {
        Set<String> reads = new TreeSet<>();
        for (CompiledNode node : project.nodes()) {
            if (scope.contains(node.uniqueId())) {
                for (String parent : node.dependsOn()) {
                    project.node(parent)
                            .filter(read -> !scope.contains(read.uniqueId()))
                            .flatMap(CompiledNode::builtAs)
                            .map(relation -> BUILD_SCHEMA.matcher(relation.schema()))
                            .filter(Matcher::matches)
                            .ifPresent(matcher -> reads.add(matcher.group(1)));
                }
            }
        }
        return List.copyOf(reads);
    }
}
