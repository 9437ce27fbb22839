package io.meterlake.run;

import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.RelationResolver;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.lake.BuiltTables;
import io.meterlake.lake.Lake;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SourceTable;
import io.meterlake.run.RunRecord.Status;
import io.meterlake.run.RunRecord.Verdict;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A run from beginning to end: pin, compile, build, test, publish. All models of it read one snapshot, whatever is
 * ingested meanwhile. Only if every work went well, the published views are taken to what it built; a run that fails or is
 * cut off leaves them as they were. For the holder of the lake's {@link io.meterlake.lake.WorkLock} for runs.
 */
public final class SnapshotRun {
    private final Trino trino;
    private final Snapshots snapshots;
    private final ReadingsByMeter readingsByMeter;
    private final BuiltTables builtTables;
    private final RunRecords records;
    private final Sources sources;
    private final Function<RelationResolver, CompiledProject> compiler;
    private final RunFinishing finishing;
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
            Lake lake,
            RunRecords records,
            Sources sources,
            Function<RelationResolver, CompiledProject> compiler,
            FailedRuns failedRuns,
            int threads,
            Clock clock) {
        this.trino = trino;
        this.snapshots = new Snapshots(lake);
        this.readingsByMeter = new ReadingsByMeter(lake);
        this.builtTables = lake.builtTables();
        this.records = records;
        this.sources = sources;
        this.compiler = compiler;
        this.finishing = new RunFinishing(trino, snapshots, records, failedRuns);
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Runs what is asked for. What fails inside is in the result.
     *
     * @param declared the project compiled with the live sources
     * @throws MeterlakeException {@code NOTHING_SELECTED}, what compiling throws, or what pinning throws: nothing has
     *     been built then
     */
    public RunResult run(CompiledProject declared, RunRequest request, RunListener listener) {
        BuildScope scope = BuildScope.of(declared, request);
        if (scope.isEmpty() && request.selection().compares()) {
            return nothing(request, listener);
        }
        begin(request, scope, listener);
        RunJournal journal = RunJournal.announce(records.folder(), request.purpose(scope, declared.options()));
        finishing.recover(listener, "");
        return request.kind().pins()
                ? pinned(declared, request, scope, journal, listener)
                : live(declared, request, scope, journal, listener);
    }

    /**
     * Goes on with the last run, which failed or was cut off: on the same snapshot, less what it had done and what would not
     * be done otherwise now. All of it is published then.
     *
     * @param last as {@link LastRun#of} found it
     * @throws MeterlakeException {@code NOTHING_TO_RETRY} if another run has begun since
     */
    public RunResult resume(
            CompiledProject declared, RunRequest request, LastRun.Unfinished last, RunListener listener) {
        BuildScope scope = BuildScope.of(declared, request);
        begin(request, scope, listener);
        RunRecord record = records.all().getLast();
        Optional<Snapshot> snapshot = snapshots.list().stream()
                .filter(one -> one.id().equals(last.record().snapshotId()))
                .findFirst();
        if (!record.equals(last.record()) || snapshot.isEmpty()) {
            throw new MeterlakeException(
                    RunErrorCode.NOTHING_TO_RETRY,
                    "Cannot go on with run %s: another one has begun since, or its snapshot was dropped"
                            .formatted(last.record().snapshotId()),
                    "Run `meterlake " + request.kind().command() + "` again.");
        }
        finishing.recover(listener, record.snapshotId());
        new Leftovers(trino).endQueries(snapshot.get().database());
        RunRecord again = record.with(Verdict.NONE).with(Status.RUNNING);
        records.write(again);
        RunJournal journal = RunJournal.resume(
                records.folder(), record.snapshotId(), last.kept().purpose());
        return build(
                declared,
                request,
                scope,
                new Begun(snapshot.get(), again, journal, Optional.of(last.kept())),
                listener);
    }

    /** Does nothing but finish what runs that were cut off left, and drop what failed ones left. */
    public void finish(RunListener listener) {
        finishing.recover(listener, "");
    }

    private static void begin(RunRequest request, BuildScope scope, RunListener listener) {
        if (scope.isEmpty()) {
            throw new MeterlakeException(
                    RunErrorCode.NOTHING_SELECTED,
                    "Cannot " + request.kind().command() + ": nothing that it could work on is selected",
                    "See what is selected with `./meterlake ls` and the same options.");
        }
        listener.began(request.kind().command(), scope.selected().size());
    }

    /** What an earlier state is compared with may well have stayed as it was. */
    private RunResult nothing(RunRequest request, RunListener listener) {
        listener.began(request.kind().command(), 0);
        RunResult result = new RunResult(List.of(), clock.instant(), clock.instant());
        listener.ended(result);
        return result;
    }

    /** Tests and seeds: what is published is tested, and a seed is published when its table is there. */
    private RunResult live(
            CompiledProject declared, RunRequest request, BuildScope scope, RunJournal journal, RunListener listener) {
        CompiledProject compiled = switch (request.kind()) {
            case SEED -> compiler.apply(new ImmutableSeeds(sources.live(), SeedReader::read));
            case TEST, RUN, BUILD ->
                request.deferral().equals(Deferral.NONE) ? declared : compiler.apply(deferred(request, scope));
        };
        RunHooks hooks = new RunHooks(trino);
        hooks.run(compiled.startHooks());
        RunResult result = runner().run(Plan.of(compiled, request.kind(), scope), RunListener.both(journal, listener));
        hooks.run(compiled.endHooks());
        if (result.exitCode() == ExitCode.OK) {
            List<Publication> publications = RunPublications.of(declared, compiled, scope);
            if (!publications.isEmpty()) {
                records.beginSeeds(publications);
                publications.forEach(new PublishedViews(trino)::publish);
                records.endSeeds();
            }
            listener.published(publications);
        }
        listener.ended(result);
        journal.forget();
        return result;
    }

    /** What is published here, and what is not here where another state has it. */
    private RelationResolver deferred(RunRequest request, BuildScope scope) {
        DeferredRelations deferred = new DeferredRelations(new PublishedViews(trino), request.deferral());
        return new RelationResolver() {
            @Override
            public Relation source(SourceTable source) {
                return sources.live().source(source);
            }

            @Override
            public Relation node(Resource resource, Relation declared) {
                return scope.contains(resource.uniqueId())
                        ? declared
                        : deferred.of(resource, declared).orElse(declared);
            }
        };
    }

    private RunResult pinned(
            CompiledProject declared, RunRequest request, BuildScope scope, RunJournal journal, RunListener listener) {
        Snapshot snapshot = snapshots.create(new SnapshotRequest("run", List.of(), Optional.empty()));
        RunRecord record = new RunRecord(
                snapshot.id(),
                request.kind().command(),
                clock.instant(),
                Status.RUNNING,
                List.of(),
                List.of(),
                Verdict.NONE,
                RunRecord.inputs(snapshot));
        records.write(record);
        // Not before: a record without a journal is one of a run that is still announced.
        journal.moveTo(snapshot.id());
        return build(declared, request, scope, new Begun(snapshot, record, journal, Optional.empty()), listener);
    }

    /**
     * A run that has its snapshot.
     *
     * @param earlier what the same run had done before it failed or was cut off; empty for a new run
     */
    private record Begun(Snapshot snapshot, RunRecord record, RunJournal journal, Optional<RunJournal.Kept> earlier) {}

    private RunResult build(
            CompiledProject declared, RunRequest request, BuildScope asked, Begun begun, RunListener listener) {
        Snapshot snapshot = begun.snapshot();
        listener.reads(snapshot);
        readingsByMeter.prepare(snapshot);
        PublishedViews views = new PublishedViews(trino);
        Map<Relation, Relation> published = views.targets(RunPublications.schemas(declared));
        RelationResolver places = new BuildRelations(
                new PinnedSources(sources.live(), sources.lakeDatabase(), snapshot),
                snapshot.database(),
                asked,
                published,
                new DeferredRelations(views, request.deferral()),
                SeedReader::read);
        CompiledProject whole = compiler.apply(places);
        IncrementalBuilds.Decided decided = decide(declared, whole, request, asked, begun, published);
        CompiledProject project = decided.increments().isEmpty()
                ? whole
                : compiler.apply(IncrementalDefinitions.with(places, decided.increments()));
        listener.pinned(snapshot, project);
        BuildScope scope = asked.without(leftOut(project, request, asked, views, listener), project);
        List<Publication> publications = RunPublications.of(declared, project, scope);
        RunRecord record = begun.record().with(RunPublications.reads(project, scope), publications);
        Plan plan = Plan.of(project, request.kind(), scope, decided.carried());
        RunListener all = RunListener.both(begun.journal(), RunListener.both(noteFirstFailure(record), listener));
        RunHooks hooks = new RunHooks(trino);
        hooks.run(project.startHooks());
        RunResult result = begun.earlier().isEmpty()
                ? runner().run(plan, all)
                : runner().resume(plan, kept(plan, begun.earlier().get().done()), all);
        hooks.run(project.endHooks());
        if (result.exitCode() == ExitCode.OK) {
            record = record.with(request.kind() == RunKind.BUILD && request.takesAll() ? Verdict.PASSED : Verdict.NONE);
            records.write(record.with(Status.PUBLISHING));
            finishing.publish(record);
            listener.published(publications);
        } else {
            records.write(record.with(Verdict.FAILED).with(Status.FAILED));
        }
        listener.ended(result);
        return result;
    }

    /** How incremental models are built; noted for the run that will begin at them. */
    private IncrementalBuilds.Decided decide(
            CompiledProject declared,
            CompiledProject whole,
            RunRequest request,
            BuildScope scope,
            Begun begun,
            Map<Relation, Relation> published) {
        if (!IncrementalBuilds.anyIn(whole, scope)) {
            return IncrementalBuilds.Decided.NOTHING;
        }
        BuildOrigins origins = new BuildOrigins(records.folder());
        IncrementalBuilds.Models models = new IncrementalBuilds.Models(
                declared, whole, IncrementalDefinitions.of(declared, sources.live(), compiler), scope);
        try {
            IncrementalBuilds.Decided decided = new IncrementalBuilds(
                            models, snapshots, begun.snapshot(), origins, published, request.rebuild())
                    .decide();
            origins.write(new BuildOrigins.OfRun(begun.snapshot().id(), decided.origins()));
            return decided;
        } catch (MeterlakeException e) {
            records.write(begun.record().with(Status.FAILED));
            throw e;
        }
    }

    /** Tests that are only taken along and cannot run. */
    private static Set<String> leftOut(
            CompiledProject project, RunRequest request, BuildScope asked, PublishedViews views, RunListener listener) {
        Map<Relation, Boolean> known = new HashMap<>();
        Map<String, String> missing = new TestsWithoutInputs(
                        project, asked, relation -> known.computeIfAbsent(relation, views::exists))
                .find(Set.copyOf(request.selection().select()));
        missing.forEach((test, node) ->
                listener.leftOut(project.node(test).orElseThrow().name(), node));
        return missing.keySet();
    }

    /** What need not be done again; what is in the way of the rest is dropped. */
    private Map<String, WorkResult> kept(Plan plan, List<DoneWork> done) {
        Map<String, WorkResult> kept = plan.kept(done);
        new Leftovers(trino)
                .drop(plan.works().stream()
                        .filter(work -> !kept.containsKey(work.id()))
                        .toList());
        return kept;
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
        return new PlanRunner(trino, SeedReader::read, new CarryOver(trino, builtTables::give), threads, clock);
    }
}
