package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Materialization;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.lake.LakeTables;
import io.meterlake.project.Relation;
import io.meterlake.run.BuildOrigin.Input;
import io.meterlake.run.BuildOrigin.Source;
import io.meterlake.snapshot.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Where a run's models get their rows from. */
final class BuildInputs {
    private final CompiledProject project;
    private final IncrementalDefinitions definitions;
    private final Snapshot snapshot;
    private final BuildScope scope;

    /** @param project compiled for the run */
    BuildInputs(CompiledProject project, IncrementalDefinitions definitions, Snapshot snapshot, BuildScope scope) {
        this.project = project;
        this.definitions = definitions;
        this.snapshot = snapshot;
        this.scope = scope;
    }

    /** All that a model reads, directly or through models of the same run. */
    Map<String, Input> above(CompiledNode.Model model) {
        Map<String, Input> inputs = new TreeMap<>();
        goUp(model, id -> {
            Input input = of(id);
            inputs.put(id, input);
            return input.source() == Source.RUN;
        });
        return inputs;
    }

    /** The snapshot's tables behind a model, by the sources that it gets to them by, whoever built what lies between. */
    Map<CompiledNode, String> sources(CompiledNode.Model model) {
        Map<CompiledNode, String> sources = new LinkedHashMap<>();
        goUp(model, id -> {
            if (project.node(id).orElseThrow() instanceof CompiledNode.Source source) {
                Input input = of(id);
                if (input.source() == Source.SNAPSHOT) {
                    sources.put(source, input.name());
                }
            }
            return true;
        });
        return sources;
    }

    /** @param visit gets each node above a model once; whether to go on to what that one reads */
    private void goUp(CompiledNode.Model model, Predicate<String> visit) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(definitions.parents(model.uniqueId()));
        while (!open.isEmpty()) {
            String id = open.remove();
            if (seen.add(id) && visit.test(id)) {
                open.addAll(definitions.parents(id));
            }
        }
    }

    Input of(String uniqueId) {
        CompiledNode node = project.node(uniqueId).orElseThrow();
        return switch (node) {
            case CompiledNode.Source source -> table(source.relation());
            case CompiledNode.SeedNode seed ->
                new Input(
                        SeedNames.seedOfWhole(stored(seed.relation()).identifier())
                                        .isPresent()
                                ? Source.FIXED
                                : Source.LIVE,
                        stored(seed.relation()).dotted(),
                        "");
            case CompiledNode.Model model -> model(model);
            case CompiledNode.Test _, CompiledNode.UnitTest _, CompiledNode.Exposure _, CompiledNode.Analysis _ ->
                throw new IllegalArgumentException("nothing reads " + node.uniqueId());
        };
    }

    private Input table(Relation relation) {
        if (!relation.schema().equals(snapshot.database())) {
            return new Input(Source.LIVE, relation.dotted(), "");
        }
        boolean isByMeter = relation.identifier().equals(ReadingsByMeter.VIEW);
        String table = isByMeter ? LakeTables.METER_READINGS.name() : relation.identifier();
        return new Input(Source.SNAPSHOT, table, "");
    }

    private Input model(CompiledNode.Model model) {
        if (model.materialization() == Materialization.EPHEMERAL) {
            return new Input(Source.RUN, "", definitions.of(model));
        }
        Relation relation = stored(model.relation());
        if (scope.contains(model.uniqueId())) {
            return new Input(Source.RUN, relation.dotted(), definitions.of(model));
        }
        boolean isFixed = RunPublications.snapshotOf(relation.schema()).isPresent();
        return new Input(isFixed ? Source.FIXED : Source.LIVE, relation.dotted(), "");
    }

    private static Relation stored(Relation relation) {
        return PublishedViews.stored(relation);
    }
}
