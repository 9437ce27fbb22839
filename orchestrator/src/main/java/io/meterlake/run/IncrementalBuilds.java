package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Days;
import io.meterlake.compile.Increment;
import io.meterlake.compile.IncrementalConfig;
import io.meterlake.compile.IncrementalStrategy;
import io.meterlake.compile.Materialization;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a run builds its incremental models: from what is published, or as a whole. Decided before anything is built, and
 * the same way each time for the same files.
 */
final class IncrementalBuilds {
    private final Models models;
    private final SourceDays sourceDays;
    private final Map<String, Snapshot> earlierSnapshots;
    private final Snapshot snapshot;
    private final BuildOrigins origins;
    private final Map<Relation, Relation> published;
    private final Rebuild rebuild;
    private final BuildInputs inputs;

    /**
     * The models of a run.
     *
     * @param declared with the published names
     * @param compiled for this run, all made by their SQL
     */
    record Models(
            CompiledProject declared, CompiledProject compiled, IncrementalDefinitions definitions, BuildScope scope) {}

    /**
     * @param snapshot the run's own
     * @param published what each published view reads
     */
    IncrementalBuilds(
            Models models,
            Snapshots snapshots,
            Snapshot snapshot,
            BuildOrigins origins,
            Map<Relation, Relation> published,
            Rebuild rebuild) {
        this.models = models;
        this.sourceDays = new SourceDays(snapshots);
        this.earlierSnapshots = snapshots.list().stream().collect(Collectors.toMap(Snapshot::id, Function.identity()));
        this.snapshot = snapshot;
        this.origins = origins;
        this.published = Map.copyOf(published);
        this.rebuild = rebuild;
        this.inputs = new BuildInputs(models.compiled(), models.definitions(), snapshot, models.scope());
    }

    /** Whether a run has to decide anything. */
    static boolean anyIn(CompiledProject project, BuildScope scope) {
        return !in(project, scope).isEmpty();
    }

    private static List<CompiledNode.Model> in(CompiledProject project, BuildScope scope) {
        List<CompiledNode.Model> found = new ArrayList<>();
        for (CompiledNode node : project.nodes()) {
            if (node instanceof CompiledNode.Model model
                    && model.materialization() == Materialization.INCREMENTAL
                    && scope.contains(model.uniqueId())) {
                found.add(model);
            }
        }
        return found;
    }

    /**
     * What was decided, by unique id.
     *
     * @param increments of the models that begin at their earlier build
     * @param carried what each incremental model has of it
     * @param origins what each is made of
     */
    record Decided(
            Map<String, Increment> increments, Map<String, CarriedRows> carried, Map<String, BuildOrigin> origins) {
        static final Decided NOTHING = new Decided(Map.of(), Map.of(), Map.of());

        Decided {
            increments = Map.copyOf(increments);
            carried = Map.copyOf(carried);
            origins = Map.copyOf(origins);
        }
    }

    /** @throws MeterlakeException {@code EARLIER_BUILD} if a model cannot be built as it was asked for */
    Decided decide() {
        Map<String, Increment> increments = new LinkedHashMap<>();
        Map<String, CarriedRows> carried = new LinkedHashMap<>();
        Map<String, BuildOrigin> made = new LinkedHashMap<>();
        for (CompiledNode.Model model : in(models.compiled(), models.scope())) {
            String id = model.uniqueId();
            Decision decision = decide(model, IncrementalConfig.of(model.config()));
            carried.put(id, decision.rows());
            decision.increment().ifPresent(increment -> increments.put(id, increment));
            made.put(
                    id,
                    new BuildOrigin(
                            PublishedViews.stored(model.relation()).dotted(),
                            models.definitions().of(model),
                            inputs.above(model),
                            decision.stale().each().stream()
                                    .map(LocalDate::toString)
                                    .toList()));
        }
        return new Decided(increments, carried, made);
    }

    /** @param stale the days that changed and are not built */
    private record Decision(CarriedRows rows, Optional<Increment> increment, Days stale) {}

    private Decision decide(CompiledNode.Model model, IncrementalConfig config) {
        Relation earlier = models.declared()
                .node(model.uniqueId())
                .flatMap(CompiledNode::builtAs)
                .map(view -> published.get(PublishedViews.stored(view)))
                .orElse(null);
        if (earlier == null) {
            return whole(model, config, "nothing is published");
        }
        if (isSet(model, "true") || (rebuild.isFull() && !isSet(model, "false"))) {
            return whole(model, config, "full refresh");
        }
        BuildOrigins.OfRun run = origins.ofSchema(earlier.schema()).orElse(null);
        BuildOrigin origin = run == null ? null : run.models().get(model.uniqueId());
        if (run == null || origin == null || !origin.built().equals(earlier.dotted())) {
            return remade(model, config, "the published build was no incremental one");
        }
        if (!origin.definition().equals(models.definitions().of(model))) {
            return remade(model, config, "its SQL or settings changed");
        }
        return switch (config.strategy()) {
            case APPEND -> increment(new CarriedRows.Everything(earlier, config.partitionedBy()), earlier);
            case INSERT_OVERWRITE ->
                increment(new CarriedRows.OtherPartitions(earlier, config.partitionedBy()), earlier);
            case MICROBATCH -> days(model, config, earlier, run);
        };
    }

    private static boolean isSet(CompiledNode.Model model, String fullRefresh) {
        return model.config().text("full_refresh").orElse("").equalsIgnoreCase(fullRefresh);
    }

    private static Decision increment(CarriedRows rows, Relation earlier) {
        return new Decision(rows, Optional.of(new Increment(earlier, Days.ALL)), Days.NONE);
    }

    private Decision days(
            CompiledNode.Model model, IncrementalConfig config, Relation earlier, BuildOrigins.OfRun run) {
        Snapshot before = earlierSnapshots.get(run.snapshotId());
        if (before == null) {
            return remade(model, config, "the snapshot of the published build is gone");
        }
        Days changed = new ChangedDays(models, sourceDays, before, snapshot, run, model.uniqueId(), inputs)
                .of(model)
                .since(config.firstDay());
        if (changed.equals(Days.ALL.since(config.firstDay()))) {
            return remade(model, config, "inputs without days changed");
        }
        Days days = rebuild.days().areAll() ? changed : rebuild.days().since(config.firstDay());
        return new Decision(
                new CarriedRows.OtherDays(earlier, config.partitionedBy(), config.eventTime(), days),
                Optional.of(new Increment(earlier, days.widened(config.lookback(), 0))),
                changed.without(days));
    }

    /** All of it, though there is an earlier build. */
    private Decision remade(CompiledNode.Model model, IncrementalConfig config, String why) {
        if (isSet(model, "false")) {
            throw new MeterlakeException(
                    RunErrorCode.EARLIER_BUILD,
                    "Cannot build %s: %s, so that all of it would be built, and full_refresh: false forbids that (%s)"
                            .formatted(model.name(), why, model.location()),
                    "Take full_refresh out for one run, or take the change back.");
        }
        return whole(model, config, why);
    }

    private Decision whole(CompiledNode.Model model, IncrementalConfig config, String why) {
        if (!rebuild.days().areAll() && config.strategy() == IncrementalStrategy.MICROBATCH) {
            throw new MeterlakeException(
                    RunErrorCode.EARLIER_BUILD,
                    "Cannot build only some days of %s: all of it has to be built (%s)".formatted(model.name(), why),
                    "Build it once without --event-time-start and --event-time-end.");
        }
        return new Decision(
                new CarriedRows.Nothing(why, config.eventTime(), DayBatches.cuts(known(model, config))),
                Optional.empty(),
                Days.NONE);
    }

    /** The days of the sources behind it, through models that other runs built as well: at least those that it can have. */
    private SortedSet<LocalDate> known(CompiledNode.Model model, IncrementalConfig config) {
        TreeSet<LocalDate> known = new TreeSet<>();
        if (config.strategy() == IncrementalStrategy.MICROBATCH) {
            inputs.sources(model).forEach((source, table) -> {
                if (SourceDays.hasDays(source)) {
                    known.addAll(SourceDays.days(
                            source, sourceDays.files(snapshot, table).keySet()));
                }
            });
        }
        return known.tailSet(config.firstDay());
    }
}
