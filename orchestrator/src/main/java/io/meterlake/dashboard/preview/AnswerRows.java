package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.Card;
import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a card's rows as they come, and keeps of them what the page shows: the first as text, and for a chart its curves.
 * Not thread-safe.
 */
final class AnswerRows implements RowSink {
    private static final int TABLE_ROWS = 2000;

    private final Card card;
    private List<String> names = List.of();
    private CardFacts facts = new CardFacts(List.of());
    private final List<List<String>> first = new ArrayList<>();
    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private boolean isChart;
    private int time;
    private int series;
    private int metric;
    private long count;

    AnswerRows(Card card) {
        this.card = card;
    }

    @Override
    public void columns(List<Column> columns) {
        names = columns.stream().map(Column::name).toList();
        facts = new CardFacts(names);
        if (card.visualizationSettings().get("graph.dimensions") instanceof List<?> dimensions
                && card.visualizationSettings().get("graph.metrics") instanceof List<?> metrics
                && dimensions.size() == 2
                && !metrics.isEmpty()) {
            time = names.indexOf(String.valueOf(dimensions.getFirst()));
            series = names.indexOf(String.valueOf(dimensions.getLast()));
            metric = names.indexOf(String.valueOf(metrics.getFirst()));
            isChart = time >= 0 && series >= 0 && metric >= 0;
        }
    }

    @Override
    public void row(List<@Nullable Object> row) {
        count++;
        facts.row(row);
        if (first.size() < TABLE_ROWS) {
            first.add(row.stream().map(CellText::of).toList());
        }
        if (isChart) {
            Object value = row.get(metric);
            curves.computeIfAbsent(CellText.of(row.get(series)), Curve::new)
                    .add(CellText.of(row.get(time)), value == null ? null : new BigDecimal(value.toString()));
        }
    }

    CardFacts facts() {
        return facts;
    }

    /** {@code columns}, {@code rows} as text, {@code row_count}, and for a chart {@code series} and what it is of. */
    Map<String, Object> document() {
        int[] kept = IntStream.range(0, names.size()).filter(i -> !facts.has(i)).toArray();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("columns", IntStream.of(kept).mapToObj(names::get).toList());
        document.put("row_count", count);
        document.put(
                "rows",
                first.stream()
                        .map(row -> IntStream.of(kept).mapToObj(row::get).toList())
                        .toList());
        if (isChart) {
            chart(document);
        }
        return document;
    }

    private void chart(Map<String, Object> document) {
        boolean thinned = false;
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Curve curve : curves.values()) {
            List<Downsampling.Point> drawn = curve.drawn();
            thinned |= drawn.size() < curve.size();
            documents.add(curve.document(drawn));
        }
        document.put("series", documents);
        document.put("metric", names.get(metric));
        document.put("downsampled", thinned);
        for (String column : List.of("time_zone", "granularity")) {
            int at = names.indexOf(column);
            if (at >= 0 && !first.isEmpty()) {
                document.put(column, first.getFirst().get(at));
            }
        }
    }
}
