package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.engine.Column;
import io.meterlake.project.Fixture;
import io.meterlake.project.Location;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rows of unit tests as SQL, and how they are compared. */
class UnitTestRowsTest {
    private final FixtureSql fixtures = new FixtureSql(
            "energy.scales",
            new Location("models/_unit.yml", 7),
            "input ref('x')",
            List.of(
                    new Column("id", "bigint"),
                    new Column("name", "varchar(3)"),
                    new Column("kwh", "decimal(18,3)"),
                    new Column("days", "array(date)")));

    @SuppressWarnings("NullAway") // The record's class file does not say that its values may be null.
    private static Fixture values(List<Map<String, @Nullable Object>> rows) {
        return new Fixture.Values(Fixture.Format.DICT, Optional.empty(), rows);
    }

    @Test
    void castsEachValueToItsColumnsTypeAndLeavesTextAsLongAsItIs() {
        assertThat(fixtures.of(values(List.of(
                        Map.of("ID", 1, "name", "O'Hara", "kwh", new BigDecimal("1.250")),
                        Map.of("id", "", "name", "", "days", List.of("2026-01-25"))))))
                .isEqualTo("""
                        select * from (values
                        (cast(1 as bigint), cast('O''Hara' as varchar), cast(1.250 as decimal(18,3)), cast(null as array(date))),
                        (cast(null as bigint), cast('' as varchar), cast(null as decimal(18,3)), cast(json_parse('["2026-01-25"]') as array(date)))
                        ) as fixture ("id", "name", "kwh", "days")""");
        assertThat(fixtures.of(values(List.of()))).endsWith("where false");
    }

    @Test
    void comparesTheColumnsOfTheFirstExpectedRow() {
        assertThat(fixtures.compared(values(List.of(Map.of("KWH", 1))))).containsExactly("kwh");
        assertThat(fixtures.compared(values(List.of()))).containsExactly("id", "name", "kwh", "days");
        assertThat(fixtures.compared(new Fixture.Query(Optional.empty(), "select 1")))
                .hasSize(4);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> fixtures.of(values(List.of(Map.of("nam", "x")))))
                .hasMessage(
                        "Cannot run unit test energy.scales: input ref('x'): there is no column nam; did you mean 'name'?");
        assertThatThrownBy(() -> fixtures.of(values(List.of(Map.of("kwh", new BigDecimal("1.0005"))))))
                .as("rounded, it could be equal to what it is not")
                .hasMessageContaining("column kwh is decimal(18,3), which has no room for 1.0005");
        assertThatThrownBy(() -> fixtures.of(values(List.of(Map.of("id", "1.5")))))
                .hasMessageContaining("column id is bigint, which has no room for 1.5");
        assertThat(fixtures.of(values(List.of(Map.of("kwh", "1.25000"))))).contains("cast('1.25000' as decimal(18,3))");
    }

    @Test
    void rowsAreEqualInAnyOrderAndAsOftenAsTheyAreThere() {
        List<List<@Nullable Object>> twice = List.of(row(1L, "a"), row(1L, "a"), row(2L, null));
        assertThat(RowDifference.of(List.of("id", "name"), twice, List.of(row(2L, null), row(1L, "a"), row(1L, "a")))
                        .isEmpty())
                .isTrue();
        assertThat(RowDifference.of(List.of("id", "name"), twice, List.of(row(2L, null), row(1L, "a")))
                        .differing())
                .isEqualTo(1);
        assertThat(RowDifference.of(List.of("id", "name"), List.of(row(2L, null)), List.of(row(2L, "null")))
                        .isEmpty())
                .as("nothing is not the word for it")
                .isFalse();
    }

    @Test
    void showsWhatChangedWhatIsMissingAndWhatIsTooMany() {
        RowDifference difference = RowDifference.of(
                List.of("id", "name", "kwh"),
                List.of(row(1L, "a", "same"), row(2L, "b", "x"), row(3L, "gone", "z")),
                List.of(row(4L, "new", ""), row(1L, "a", "same"), row(2L, "c", "x")));
        assertThat(difference.text()).isEqualTo("""
                actual differs from expected (expected → actual):
                            id  name   kwh
                  changed   2   b → c  x
                  missing   3   gone   z
                  too many  4   new    ''
                  as expected: 1""");
    }

    @Test
    void showsTheFirstOfManyRows() {
        List<List<@Nullable Object>> many = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> many.add(row((long) i)));
        assertThat(RowDifference.of(List.of("id"), List.of(), many).text().lines())
                .hasSize(54)
                .contains("  … and 10 further rows");
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
