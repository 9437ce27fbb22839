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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The card on what corrections change of signed reports: March is signed, then two hours of it are corrected. */
@Tag("browser") // Its suite gives each class a stack, and so a lake, of its own.
class ResettlementImpactTest {
    private static final Trino TRINO = SharedStack.get().trino();

    @BeforeAll
    static void sign(@TempDir Path folder) throws IOException {
        MarketDays.receive(folder);
        MarketDays.build(folder);
        run(folder, "report", "run", "settlement", "--period", "2026-03", "--set", models());
        run(folder, "report", "sign", "settlement-2026-03-initial-001", "--by", "R. Clerk", "--set", models());
        assertThat(card(Map.of())).as("nothing was corrected yet").isEmpty();
        MarketDays.correct(folder);
        MarketDays.build(folder);
    }

    @Test
    void countsTheCorrectedIntervalsAndTheirEnergy() {
        List<List<@Nullable Object>> rows = card(Map.of("period", List.of("2026-03")));
        assertThat(rows).hasSize(1);
        List<@Nullable Object> row = rows.getFirst();
        assertThat(row.subList(0, 3)).containsExactly("settlement-2026-03-initial-001", "2026-03", "unassigned");
        assertThat(row.get(5)).hasToString("8");
        assertThat(new BigDecimal(String.valueOf(row.get(9))))
                .isPositive()
                .isEqualByComparingTo(TRINO.rows("select sum(new_value - old_value) from hudi.lake.reading_changes")
                        .firstColumn()
                        .getFirst());
    }

    @Test
    void showsThePartnerAndThePeriodThatAreAskedFor() {
        assertThat(card(Map.of("period", List.of("2026-02")))).isEmpty();
        assertThat(card(Map.of("partner", List.of("unassigned")))).hasSize(1);
        assertThat(card(Map.of("partner", List.of("nordlicht")))).isEmpty();
    }

    private static List<List<@Nullable Object>> card(Map<String, List<String>> values) {
        Card card = DashboardLoader.load(Path.of("../metabase"))
                .card("resettlement_impact")
                .orElseThrow();
        BoundQuery query = card.query().bind(card.templateTags(), values);
        return TRINO.rows(query.sql(), query.values()).rows();
    }

    private static String models() {
        return "models.path=" + Path.of("../sql-models").toAbsolutePath();
    }

    private static void run(Path folder, String... arguments) {
        CommandRun run = CommandRun.onStack(folder, arguments);
        assertThat(run.status()).as(run.err()).isZero();
    }
}
