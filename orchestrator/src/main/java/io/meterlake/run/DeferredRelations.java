package io.meterlake.run;

import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a run reads what it does not build and what is not here: what the published view of the other state reads at that
 * moment, so that a later run of that state cannot change what this one reads. Thread-safe, and always gives the same answer.
 */
final class DeferredRelations {
    private final PublishedViews views;
    private final Deferral deferral;
    private final Map<String, Optional<Relation>> found = new ConcurrentHashMap<>();

    DeferredRelations(PublishedViews views, Deferral deferral) {
        this.views = views;
        this.deferral = deferral;
    }

    /**
     * Where the other state has it.
     *
     * @return empty if it is to be read here
     */
    Optional<Relation> of(Resource resource, Relation declared) {
        return found.computeIfAbsent(
                resource.uniqueId(),
                id -> deferral.relations()
                        .apply(id)
                        .filter(elsewhere -> !PublishedViews.stored(elsewhere).equals(PublishedViews.stored(declared))
                                && (deferral.isFavored() || !views.exists(declared)))
                        .map(elsewhere -> views.target(elsewhere).orElse(elsewhere)));
    }
}
