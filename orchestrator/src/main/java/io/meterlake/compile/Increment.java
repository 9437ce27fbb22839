package io.meterlake.compile;

import static java.util.Objects.requireNonNull;

import io.meterlake.project.Relation;

/**
 * That a model is built from its earlier build: {@code is_incremental()} is true then.
 *
 * @param earlier the earlier build, which {@code this} means
 * @param inputDays the days that are read of inputs with an {@code event_time}
 */
public record Increment(Relation earlier, Days inputDays) {
    public Increment {
        requireNonNull(earlier, "earlier is null");
        requireNonNull(inputDays, "inputDays is null");
    }
}
