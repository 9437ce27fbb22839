package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Days;
import io.meterlake.compile.IncrementalConfig;
import io.meterlake.compile.IncrementalStrategy;
import io.meterlake.compile.Materialization;
import io.meterlake.run.BuildOrigin.Input;
import io.meterlake.run.BuildOrigin.Source;
import io.meterlake.snapshot.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The days of a model whose inputs are not what they were for an earlier build: those whose base files differ between the
 * two snapshots. What has no day of its own and changed makes all days changed.
 */
final class ChangedDays {
    private final CompiledProject project;
    private final SourceDays sources;
    private final Snapshot before;
    private final Snapshot now;
    private final BuildOrigins.OfRun earlier;
    private final IncrementalDefinitions definitions;
    private final BuildInputs inputs;
    private final Map<String, Input> then;
    private final Map<String, Days> known = new HashMap<>();

    /**
     * @param before the snapshot that the earlier build read
     * @param earlier what its run made
     * @param modelId the model that is asked about
     */
    ChangedDays(
            IncrementalBuilds.Models models,
            SourceDays sources,
            Snapshot before,
            Snapshot now,
            BuildOrigins.OfRun earlier,
            String modelId,
            BuildInputs inputs) {
        this.project = models.compiled();
        this.sources = sources;
        this.before = before;
        this.now = now;
        this.earlier = earlier;
        this.definitions = models.definitions();
        this.inputs = inputs;
        this.then = requireNonNull(earlier.models().get(modelId), "modelId is of no model of the run")
                .inputs();
    }

    /** Those of the model, by what it reads. */
    Days of(CompiledNode.Model model) {
        return incremental(model, IncrementalConfig.of(model.config()));
    }

    private Days incremental(CompiledNode.Model model, IncrementalConfig config) {
        BuildOrigin origin = earlier.models().get(model.uniqueId());
        if (origin == null || config.strategy() != IncrementalStrategy.MICROBATCH) {
            return Days.ALL;
        }
        return parents(model).widened(0, config.lookback()).plus(origin.staleDays());
    }

    private Days parents(CompiledNode node) {
        Days changed = Days.NONE;
        for (String parent : definitions.parents(node.uniqueId())) {
            changed = changed.plus(input(parent));
        }
        return changed;
    }

    private Days input(String id) {
        Days days = known.get(id);
        if (days == null) {
            days = compared(project.node(id).orElseThrow());
            known.put(id, days);
        }
        return days;
    }

    private Days compared(CompiledNode node) {
        Input today = inputs.of(node.uniqueId());
        Input earlierInput = then.get(node.uniqueId());
        if (earlierInput == null || today.source() == Source.LIVE || earlierInput.source() == Source.LIVE) {
            return Days.ALL;
        }
        if (today.source() == Source.SNAPSHOT) {
            return today.equals(earlierInput) ? files(node, today.name()) : Days.ALL;
        }
        if (!today.name().isEmpty() && today.name().equals(earlierInput.name())) {
            return Days.NONE;
        }
        boolean isSame = today.source() == Source.RUN
                && earlierInput.source() == Source.RUN
                && today.definition().equals(earlierInput.definition());
        return isSame && node instanceof CompiledNode.Model model ? ofSameModel(model) : Days.ALL;
    }

    private Days ofSameModel(CompiledNode.Model model) {
        Days changed = model.materialization() == Materialization.INCREMENTAL
                ? incremental(model, IncrementalConfig.of(model.config()))
                : parents(model);
        return changed.isEmpty() || SourceDays.hasDays(model) ? changed : Days.ALL;
    }

    private Days files(CompiledNode node, String table) {
        Map<String, Set<String>> earlierFiles = sources.files(before, table);
        Map<String, Set<String>> files = sources.files(now, table);
        Set<String> changed = new HashSet<>(earlierFiles.keySet());
        changed.addAll(files.keySet());
        changed.removeIf(partition ->
                files.getOrDefault(partition, Set.of()).equals(earlierFiles.getOrDefault(partition, Set.of())));
        if (changed.isEmpty()) {
            return Days.NONE;
        }
        return SourceDays.hasDays(node) ? Days.of(SourceDays.days(node, changed)) : Days.ALL;
    }
}
