package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final List<Column> COLUMNS =
            List.of(new Column("partner", "varchar"), new Column("energy_kwh", "decimal(38,6)"));

    @Test
    void doesNotDependOnTheOrderOfRows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Arrays.asList("p" + i % 7, new BigDecimal(i).movePointLeft(3)));
        }
        String straight = hash(COLUMNS, rows);
        Collections.shuffle(rows, new Random(20260101));
        assertThat(hash(COLUMNS, rows)).isEqualTo(straight);
    }

    @Test
    void takesEqualNumbersOfDifferentTypesForEqual() {
        List<Column> asInteger = List.of(new Column("partner", "varchar(10)"), new Column("energy_kwh", "bigint"));
        assertThat(hash(COLUMNS, List.of(Arrays.asList("a", new BigDecimal("100.000000")))))
                .isEqualTo(hash(asInteger, List.of(Arrays.asList("a", 100L))));
    }

    @Test
    void takesEqualTimesOfDifferentPrecisionForEqual() {
        List<Column> micros = List.of(new Column("at", "timestamp(6)"));
        List<Column> nanos = List.of(new Column("at", "timestamp(9)"));
        assertThat(hash(micros, List.of(List.of("2026-01-01T00:00:00.120000"))))
                .isEqualTo(hash(nanos, List.of(List.of("2026-01-01T00:00:00.120000000"))))
                .isNotEqualTo(hash(micros, List.of(List.of("2026-01-01T00:00:00.121000"))));
        assertThat(hash(micros, List.of(List.of("2026-01-01T00:00:10.000000"))))
                .isEqualTo(hash(List.of(new Column("at", "timestamp(0)")), List.of(List.of("2026-01-01T00:00:10"))));
    }

    @Test
    void seesEveryDifference() {
        List<@Nullable Object> row = Arrays.asList("a", BigDecimal.ONE);
        assertThat(List.of(
                        hash(COLUMNS, List.of(row)),
                        hash(COLUMNS, List.of()),
                        hash(COLUMNS, List.of(row, row)),
                        hash(COLUMNS, List.of(Arrays.asList("a", null))),
                        hash(COLUMNS, List.of(Arrays.asList("", BigDecimal.ONE))),
                        hash(COLUMNS, List.of(Arrays.asList(null, BigDecimal.ONE))),
                        hash(COLUMNS.reversed(), List.of(row.reversed())),
                        hash(List.of(new Column("partner", "varchar"), new Column("kwh", "bigint")), List.of(row))))
                .doesNotHaveDuplicates();
    }

    private static String hash(List<Column> columns, List<List<@Nullable Object>> rows) {
        ContentHash hash = new ContentHash();
        hash.columns(columns);
        rows.forEach(hash::row);
        return hash.hex();
    }
}
