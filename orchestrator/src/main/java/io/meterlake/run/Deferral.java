package io.meterlake.run;

import io.meterlake.project.Relation;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where another state of the project, such as the one in production, has what a run does not build.
 *
 * @param relations the published name that the other state has for a model or seed, by unique id
 * @param isFavored whether it goes before what there is here already
 */
public record Deferral(Function<String, Optional<Relation>> relations, boolean isFavored) {
    /** Everything is read here. */
    public static final Deferral NONE = new Deferral(uniqueId -> Optional.empty(), false);
}
