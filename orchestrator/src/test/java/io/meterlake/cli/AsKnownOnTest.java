package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.dashboard.BoundQuery;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.engine.Trino;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the curve says was known on a day, against a snapshot that was made on it. */
@Tag("browser") // Its suite gives each class a stack, and so a lake, of its own.
class AsKnownOnTest {
    private static final Trino TRINO = SharedStack.get().trino();
    private static String pinned = "";

    @BeforeAll
    static void publish(@TempDir Path folder) throws IOException {
        MarketDays.receive(folder);
        CommandRun snapshot = CommandRun.onStack(folder, "snapshot", "create");
        assertThat(snapshot.status()).as(snapshot.err()).isZero();
        pinned = "hive."
                + TRINO.rows("select table_schema from hive.information_schema.tables"
                                + " where table_name = 'meter_readings' and regexp_like(table_schema, '^snap_[0-9]+$')"
                                + " order by table_schema desc limit 1")
                        .firstColumn()
                        .getFirst();
        MarketDays.correct(folder);
        MarketDays.build(folder);
    }

    @Test
    void isWhatTheSnapshotOfThatDayHolds() {
        for (String meter : MarketDays.METERS) {
            List<String> then = known(meter, "2026-04-01");
            assertThat(then)
                    .as(meter)
                    .isEqualTo(readings(pinned + ".meter_readings", meter))
                    .hasSize((5 * 24 - 1) * 4);
        }
        assertThat(known("MUC-1001", "2026-04-01"))
                .as("it was corrected since")
                .isNotEqualTo(readings("hudi.lake.meter_readings", "MUC-1001").subList(0, (5 * 24 - 1) * 4));
    }

    @Test
    void isWhatStandsOnceTheCorrectionIsIn() {
        for (String meter : MarketDays.METERS) {
            assertThat(known(meter, "2026-04-02")).as(meter).isEqualTo(readings("hudi.lake.meter_readings", meter));
        }
    }

    @Test
    void isNothingBeforeTheFirstFile() {
        assertThat(known("HAM-2001", "2026-03-31")).isEmpty();
    }

    @Test
    void countsIntervalsOfWhichItCannotTell() {
        String known = "MUC-1001 import, as known on 2026-04-01";
        List<Integer> unsure = curve("MUC-1001", "2026-04-01", "day").stream()
                .filter(row -> known.equals(row.get(0)))
                .map(row -> Integer.valueOf(String.valueOf(row.get(6))))
                .toList();
        assertThat(unsure)
                .as("of 28 March, two hours were corrected, and the rest was sent again")
                .containsExactly(0, 88, 0, 0, 0);
    }

    /** Time and energy of each interval of the curve as known on a day. */
    private static List<String> known(String meter, String day) {
        return curve(meter, day, "auto").stream()
                .filter(row -> String.valueOf(row.get(0)).endsWith(" import, as known on " + day))
                .map(row -> text(row.get(1), row.get(2)))
                .toList();
    }

    private static List<List<@Nullable Object>> curve(String meter, String day, String granularity) {
        Card card =
                DashboardLoader.load(Path.of("../metabase")).card("meter_curve").orElseThrow();
        List<String> days = List.of("2026-03-27~2026-04-01");
        BoundQuery query = card.query()
                .bind(
                        card.templateTags(),
                        Map.of(
                                "meters", List.of(meter),
                                "range", days,
                                "version_meters", List.of(meter),
                                "version_range", days,
                                "known_on", List.of(day),
                                "granularity", List.of(granularity)));
        return TRINO.rows(query.sql(), query.values()).rows();
    }

    private static List<String> readings(String table, String meter) {
        return TRINO.rows("""
                        select with_timezone(cast(interval_start as timestamp(6)), 'UTC'), value
                        from %s
                        where meter_id = ? and reading_date between date '2026-03-27' and date '2026-04-01'
                        order by 1
                        """.formatted(table), List.of(meter)).rows().stream()
                .map(row -> text(row.get(0), row.get(1)))
                .collect(Collectors.toList());
    }

    private static String text(@Nullable Object at, @Nullable Object value) {
        return at + " "
                + new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
    }
}
