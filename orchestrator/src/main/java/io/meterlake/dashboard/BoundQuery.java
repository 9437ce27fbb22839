package io.meterlake.dashboard;

import java.util.List;

/**
 * SQL with a {@code ?} for each value. No value is ever part of the text.
 *
 * @param values String, Long, BigDecimal or LocalDate, in the order of the question marks
 */
public record BoundQuery(String sql, List<Object> values) {
    public BoundQuery {
        values = List.copyOf(values);
    }
}
