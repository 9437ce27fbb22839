package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import io.meterlake.project.Relation;

/**
 * A published name and what a run built for it.
 *
 * @param view what readers know, such as {@code hive.marts.fct_settlement}
 * @param built the view or table of one run behind it, which never changes
 */
public record Publication(Relation view, Relation built) {
    public Publication {
        requireNonNull(view, "view is null");
        requireNonNull(built, "built is null");
    }
}
