package io.meterlake.project;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that a unit test gives a model in place of a table, or expects of it. */
public sealed interface Fixture {
    /** How rows are written. */
    enum Format {
        DICT,
        CSV,
        SQL;

        /** As it stands in {@code format}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Format format();

    /** The name of the file of fixtures that it was read from, if it was. */
    Optional<String> file();

    /**
     * Rows of values.
     *
     * @param rows values by column as they are written: text, Boolean, whole numbers, BigDecimal, lists, maps or null; a
     *     CSV's are all text
     */
    record Values(Format format, Optional<String> file, List<Map<String, @Nullable Object>> rows) implements Fixture {
        public Values {
            List<Map<String, @Nullable Object>> copies = new ArrayList<>();
            for (Map<String, @Nullable Object> row : rows) {
                copies.add(Collections.unmodifiableMap(new LinkedHashMap<>(row)));
            }
            rows = List.copyOf(copies);
        }
    }

    /** The rows of a query. */
    record Query(Optional<String> file, String sql) implements Fixture {
        @Override
        public Format format() {
            return Format.SQL;
        }
    }

    /** What the file of the seed holds that stands for the input. */
    record OfSeed() implements Fixture {
        @Override
        public Format format() {
            return Format.DICT;
        }

        @Override
        public Optional<String> file() {
            return Optional.empty();
        }
    }
}
