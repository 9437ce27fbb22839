package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.TemplateTag;
import io.meterlake.engine.Column;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards with more to show than the 2,000 rows at which Metabase cuts a result off and says nothing. */
@Tag("browser") // Its suite gives each class a stack, and so a lake, of its own.
class CardRowLimitTest {
    private static final Trino TRINO = SharedStack.get().trino();
    private static final Dashboards DASHBOARDS = DashboardLoader.load(Path.of("../metabase"));
    private static final ManyRows MANY = new ManyRows(TRINO, SharedStack.get().newSchema("many"));

    @BeforeAll
    static void publish(@TempDir Path folder) throws IOException {
        MarketDays.receive(folder);
        MarketDays.build(folder);
        MANY.create();
    }

    @Test
    void everyCardOfADashboardSaysHowManyRowsThereAreAndShowsAtMostTwoThousand() {
        for (Card card : onDashboards()) {
            if (card.slug().equals("freshness")) {
                assertThat(answer(card, Map.of()).rows())
                        .as("a row for each kind of numbers")
                        .hasSize(3);
                continue;
            }
            Rows rows = answer(card, Map.of());
            assertThat(rows.rows()).as(card.slug()).isNotEmpty().hasSizeLessThanOrEqualTo(2000);
            String[] shown = only(rows, "rows_shown").split(" of ", -1);
            assertThat(shown).as(card.slug()).hasSize(2);
            assertThat(Integer.parseInt(shown[0]))
                    .as(card.slug())
                    .isEqualTo(rows.rows().size());
            if (card.display().equals("table")) {
                assertThat(Integer.parseInt(shown[1]))
                        .as("%s has more", card.slug())
                        .isGreaterThanOrEqualTo(ManyRows.ROWS);
            } else {
                assertThat(shown[1])
                        .as("%s shows all of a coarser step", card.slug())
                        .isEqualTo(shown[0]);
            }
        }
    }

    @Test
    void aChartOfMoreDaysThanFitShowsMonthsWithTheSameSum() {
        Rows corrections = answer(DASHBOARDS.card("corrections").orElseThrow(), Map.of());
        assertThat(only(corrections, "granularity")).isEqualTo("month");
        assertThat(sum(corrections, "corrections")).isEqualByComparingTo(String.valueOf(ManyRows.ROWS));
        assertThat(only(answer(DASHBOARDS.card("completeness").orElseThrow(), Map.of()), "granularity"))
                .isEqualTo("month");
        Rows few =
                answer(DASHBOARDS.card("corrections").orElseThrow(), Map.of("range", List.of("2020-02-01~2020-02-10")));
        assertThat(only(few, "granularity")).isEqualTo("day");
        assertThat(few.rows()).hasSize(10);
    }

    @Test
    void aCurveOfMoreReadingsThanFitShowsHoursWithTheSameSum() {
        Rows curve = answer(DASHBOARDS.card("meter_curve").orElseThrow(), Map.of());
        assertThat(only(curve, "granularity")).isEqualTo("hour");
        assertThat(sum(curve, "energy_kwh")).isEqualByComparingTo("2490");
    }

    @Test
    void moreMetersThanRowsAreCutOffAndItSaysSo() {
        Card card = DASHBOARDS.card("meter_curve").orElseThrow();
        List<String> eleven = IntStream.rangeClosed(2491, ManyRows.ROWS)
                .mapToObj(n -> "v" + n)
                .toList();
        Rows whole = answer(card, Map.of("meters", eleven, "granularity", List.of("auto"), "row_limit", List.of("10")));
        assertThat(only(whole, "rows_shown")).isEqualTo("10 of 10");
        Rows cut = answer(card, Map.of("meters", eleven, "granularity", List.of("auto"), "row_limit", List.of("4")));
        assertThat(only(cut, "granularity")).isEqualTo("the whole range");
        assertThat(only(cut, "rows_shown")).isEqualTo("4 of 10");
        assertThat(cut.rows()).hasSize(4);
    }

    private static List<Card> onDashboards() {
        return DASHBOARDS.dashboards().stream()
                .flatMap(dashboard -> dashboard.dashcards().stream())
                .map(place -> DASHBOARDS.card(place.card()).orElseThrow())
                .distinct()
                .toList();
    }

    private static Rows answer(Card card, Map<String, List<String>> given) {
        Map<String, List<String>> values = new HashMap<>(given);
        for (TemplateTag tag : card.templateTags().values()) {
            if (tag.required() && tag.fallback().isEmpty()) {
                values.putIfAbsent(
                        tag.name(), List.of(tag.widgetType().equals("date/range") ? "2000-01-01~2099-12-31" : "one"));
            }
        }
        // More rows than one meter has, and an id that no other row of these tables has.
        if (card.slug().equals("meter_readings")) {
            values.put(
                    "meters",
                    IntStream.rangeClosed(1, ManyRows.ROWS)
                            .mapToObj(n -> n <= 2490 ? "one" : "v" + n)
                            .distinct()
                            .toList());
        }
        return MANY.rows(card.query().bind(card.templateTags(), values));
    }

    private static String only(Rows rows, String column) {
        int at = rows.columns().stream().map(Column::name).toList().indexOf(column);
        List<String> values = rows.rows().stream()
                .map(row -> String.valueOf(row.get(at)))
                .distinct()
                .toList();
        assertThat(values).as(column).hasSize(1);
        return values.getFirst();
    }

    private static BigDecimal sum(Rows rows, String column) {
        int at = rows.columns().stream().map(Column::name).toList().indexOf(column);
        return rows.rows().stream()
                .map(row -> new BigDecimal(String.valueOf(row.get(at))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
