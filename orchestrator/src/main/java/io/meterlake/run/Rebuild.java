package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import io.meterlake.compile.Days;

/**
 * What of incremental models is made anew.
 *
 * @param isFull whether all of it, whatever there is
 * @param days of models with days; {@link Days#ALL}: those whose inputs changed
 */
public record Rebuild(boolean isFull, Days days) {
    /** What changed. */
    public static final Rebuild CHANGED = new Rebuild(false, Days.ALL);

    public Rebuild {
        requireNonNull(days, "days is null");
    }
}
