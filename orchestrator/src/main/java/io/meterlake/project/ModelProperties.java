package io.meterlake.project;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a property file says of a model and of nothing else.
 *
 * @param constraints those of the model, not of its columns
 * @param deprecationDate from when on nobody should read it; null if that is not said
 * @param version null if there is one of it only
 */
public record ModelProperties(
        List<Constraint> constraints,
        @Nullable Instant deprecationDate,
        @Nullable ModelVersion version) {
    /** Nothing is said. */
    public static final ModelProperties NONE = new ModelProperties(List.of(), null, null);

    public ModelProperties {
        constraints = List.copyOf(constraints);
    }
}
