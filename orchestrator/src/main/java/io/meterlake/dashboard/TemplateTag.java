package io.meterlake.dashboard;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a card's SQL, written {@code {{name}}}.
 *
 * @param dimension the column that a field filter compares; there exactly if the type is DIMENSION
 * @param widgetType Metabase's name of the filter, such as {@code string/=} or {@code date/range}; empty for plain
 *     variables
 * @param required whether the card has no answer without a value
 */
public record TemplateTag(
        String name,
        String displayName,
        Type type,
        @Nullable FieldReference dimension,
        String widgetType,
        boolean required,
        @Nullable String defaultValue) {
    /** Metabase's types of tags. */
    public enum Type {
        TEXT,
        NUMBER,
        DATE,
        /** A field filter, which becomes a whole condition. */
        DIMENSION;

        /** As in the files and in Metabase. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TemplateTag {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        if ((type == Type.DIMENSION) != (dimension != null)) {
            throw new IllegalArgumentException(
                    "tag " + name + ": a dimension belongs to the type dimension, and only there");
        }
    }

    /** The value that holds where none is given. */
    public Optional<String> fallback() {
        return Optional.ofNullable(defaultValue);
    }
}
