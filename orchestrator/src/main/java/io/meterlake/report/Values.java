package io.meterlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a row as what they are known to be. */
record Values(List<@Nullable Object> row) {
    String text(int column) {
        return textOrNull(column, () -> "column " + column + " is null");
    }

    private String textOrNull(int column, java.util.function.Supplier<String> message) {
        return Objects.requireNonNull(row.get(column), message).toString();
    }

    Optional<String> optional(int column) {
        return Optional.ofNullable(row.get(column)).map(Object::toString);
    }

    boolean is(int column) {
        return Boolean.TRUE.equals(row.get(column));
    }

    LocalDate day(int column) {
        return LocalDate.parse(text(column));
    }

    int integer(int column) {
        return Math.toIntExact((Long) Objects.requireNonNull(row.get(column)));
    }

    Optional<BigDecimal> number(int column) {
        return Optional.ofNullable((BigDecimal) row.get(column));
    }
}
