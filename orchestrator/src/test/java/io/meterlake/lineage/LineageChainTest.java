package io.meterlake.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineageChainTest {
    @Test
    void linksEachRowToTheOneBefore() {
        List<LineageRow> chain = chain(3);
        assertThat(chain).hasSize(6);
        assertThat(chain.getFirst().previousRowHash()).isEqualTo(LineageChain.START);
        for (int i = 1; i < chain.size(); i++) {
            assertThat(chain.get(i).previousRowHash())
                    .isEqualTo(chain.get(i - 1).rowHash());
        }
    }

    @Test
    void findsTheOrderWhateverTheTableReturns() {
        List<LineageRow> chain = chain(4);
        List<LineageRow> shuffled = new ArrayList<>(chain);
        Collections.shuffle(shuffled, new Random(7));
        assertThat(LineageChain.inOrder(shuffled)).isEqualTo(chain);
    }

    @Test
    void noticesAChangedValue() {
        List<LineageRow> chain = new ArrayList<>(chain(3));
        LineageRow row = chain.get(2);
        chain.set(2, with(row, row.rowCount() + 1));
        assertThatThrownBy(() -> LineageChain.inOrder(chain))
                .hasMessageContaining("the values of %s / %s".formatted(row.reportId(), row.tableName()));
    }

    @Test
    void noticesARowTakenOut() {
        List<LineageRow> chain = new ArrayList<>(chain(3));
        chain.remove(2);
        assertThatThrownBy(() -> LineageChain.inOrder(chain)).hasMessageContaining("the row before report-2 / b");
    }

    @Test
    void noticesAFork() {
        List<LineageRow> chain = new ArrayList<>(chain(2));
        chain.addAll(LineageChain.append(chain.subList(0, 2), List.of(fresh("intruder", "a"))));
        assertThatThrownBy(() -> LineageChain.inOrder(chain)).hasMessageContaining("both claim to follow the same row");
    }

    private static List<LineageRow> chain(int reports) {
        List<LineageRow> chain = new ArrayList<>();
        for (int i = 1; i <= reports; i++) {
            chain.addAll(LineageChain.append(chain, List.of(fresh("report-" + i, "b"), fresh("report-" + i, "a"))));
        }
        return chain;
    }

    private static LineageRow fresh(String reportId, String table) {
        return row(reportId, table, 12, "", "");
    }

    private static LineageRow with(LineageRow row, long rowCount) {
        return row(row.reportId(), row.tableName(), rowCount, row.previousRowHash(), row.rowHash());
    }

    private static LineageRow row(String reportId, String table, long rowCount, String previous, String hash) {
        return new LineageRow(
                reportId,
                table,
                "settlement",
                "2026-01",
                "initial",
                1,
                "20260201030000500",
                "20260201030000000",
                "20260201030001000",
                "[]",
                "{}",
                null,
                "{}",
                "market",
                "483",
                "[]",
                rowCount,
                "ab".repeat(32),
                Instant.parse("2026-02-01T03:00:02Z"),
                previous,
                hash);
    }
}
