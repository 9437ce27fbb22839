package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Days;
import io.meterlake.compile.Increment;
import io.meterlake.compile.Materialization;
import io.meterlake.compile.RelationResolver;
import io.meterlake.project.Checksum;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What incremental models mean: their template, their SQL as rendered with {@code is_incremental()} both false and true, so
 * that macros and variables count, and the settings that make rows.
 */
final class IncrementalDefinitions {
    /** The settings that decide about rows and columns. */
    private static final List<String> SETTINGS = List.of(
            "materialized",
            "incremental_strategy",
            "properties",
            "event_time",
            "begin",
            "batch_size",
            "lookback",
            "contract");

    private final CompiledProject incremental;
    private final CompiledProject full;

    private IncrementalDefinitions(CompiledProject full, CompiledProject incremental) {
        this.full = full;
        this.incremental = incremental;
    }

    /**
     * Those of a project.
     *
     * @param declared compiled with the published names, which stay the same from run to run
     * @param places where it was compiled
     */
    static IncrementalDefinitions of(
            CompiledProject declared, RelationResolver places, Function<RelationResolver, CompiledProject> compiler) {
        Map<String, Increment> increments = new LinkedHashMap<>();
        for (CompiledNode node : declared.nodes()) {
            if (node instanceof CompiledNode.Model model && model.materialization() == Materialization.INCREMENTAL) {
                increments.put(model.uniqueId(), new Increment(model.relation(), Days.ALL));
            }
        }
        return new IncrementalDefinitions(declared, compiler.apply(with(places, increments)));
    }

    /** The same places, some models built from their earlier builds. */
    static RelationResolver with(RelationResolver places, Map<String, Increment> increments) {
        return new RelationResolver() {
            @Override
            public Relation source(SourceTable source) {
                return places.source(source);
            }

            @Override
            public Relation node(Resource resource, Relation declared) {
                return places.node(resource, declared);
            }

            @Override
            public Optional<Increment> increment(SqlResource.Model model) {
                return Optional.ofNullable(increments.get(model.uniqueId()));
            }
        };
    }

    /** What a node reads, in an incremental build or otherwise; by unique id. */
    List<String> parents(String uniqueId) {
        return incremental.node(uniqueId).orElseThrow().dependsOn();
    }

    /** SHA-256, in hex; the places of tables play no part. */
    String of(CompiledNode.Model model) {
        CompiledNode.Model built =
                (CompiledNode.Model) full.node(model.uniqueId()).orElseThrow();
        String text = built.sql().fingerprint();
        if (built.materialization() == Materialization.INCREMENTAL) {
            CompiledNode.Model again =
                    (CompiledNode.Model) incremental.node(model.uniqueId()).orElseThrow();
            Map<String, String> settings = new TreeMap<>();
            SETTINGS.forEach(key -> built.config().text(key).ifPresent(value -> settings.put(key, value)));
            text = String.join("\n", built.sql().checksum(), text, again.sql().fingerprint(), settings.toString());
        }
        return Checksum.of(text);
    }
}
