package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.BoundQuery;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.dashboard.Parameter;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a card shows for the parameters of its dashboard. Thread-safe. */
final class CardAnswer {
    /** Points that a curve may have before it is downsampled: ten meters' year of quarter hours, and some. */
    private static final String ROW_LIMIT = "400000";

    private static final int TABLE_ROWS = 2000;

    private final Trino trino;

    CardAnswer(Trino trino) {
        this.trino = trino;
    }

    /**
     * The card's document: {@code columns}, {@code rows} as text, {@code row_count}, and for a curve {@code series}.
     *
     * @throws io.meterlake.error.MeterlakeException if a parameter is missing or wrong, or Trino refuses
     */
    Map<String, Object> answer(Dashboard dashboard, Dashcard place, Card card, Map<String, List<String>> parameters) {
        Map<String, List<String>> values = new HashMap<>();
        for (Dashcard.ParameterMapping mapping : place.parameterMappings()) {
            List<String> given = parameters.getOrDefault(mapping.parameter(), List.of());
            List<String> fallback = dashboard.parameters().stream()
                    .filter(parameter -> parameter.slug().equals(mapping.parameter()))
                    .map(Parameter::defaultValue)
                    .filter(Objects::nonNull)
                    .toList();
            values.put(mapping.tag(), given.isEmpty() ? fallback : given);
        }
        if (card.templateTags().containsKey("row_limit")) {
            values.put("row_limit", List.of(ROW_LIMIT));
        }
        BoundQuery query = card.query().bind(card.templateTags(), values);
        Rows rows = trino.rows(query.sql(), query.values());
        List<String> names =
                rows.columns().stream().map(column -> column.name()).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("columns", names);
        answer.put("row_count", rows.rows().size());
        answer.put(
                "rows",
                rows.rows().stream()
                        .limit(TABLE_ROWS)
                        .map(row -> row.stream().map(CardAnswer::text).toList())
                        .toList());
        chart(card, names, rows).ifPresent(chart -> answer.putAll(chart));
        return answer;
    }

    private static Optional<Map<String, Object>> chart(Card card, List<String> names, Rows rows) {
        if (!(card.visualizationSettings().get("graph.dimensions") instanceof List<?> dimensions)
                || !(card.visualizationSettings().get("graph.metrics") instanceof List<?> metrics)
                || dimensions.size() != 2
                || metrics.isEmpty()) {
            return Optional.empty();
        }
        int time = names.indexOf(String.valueOf(dimensions.getFirst()));
        int series = names.indexOf(String.valueOf(dimensions.getLast()));
        int metric = names.indexOf(String.valueOf(metrics.getFirst()));
        if (time < 0 || series < 0 || metric < 0) {
            return Optional.empty();
        }
        Map<String, Curve> curves = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows.rows()) {
            Object value = row.get(metric);
            curves.computeIfAbsent(text(row.get(series)), Curve::new)
                    .add(text(row.get(time)), value == null ? null : new BigDecimal(value.toString()));
        }
        Map<String, Object> chart = new LinkedHashMap<>();
        boolean thinned = false;
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Curve curve : curves.values()) {
            List<Downsampling.Point> drawn = curve.drawn();
            thinned |= drawn.size() < curve.size();
            documents.add(curve.document(drawn));
        }
        chart.put("series", documents);
        chart.put("metric", names.get(metric));
        chart.put("downsampled", thinned);
        first(names, rows, "time_zone").ifPresent(zone -> chart.put("time_zone", zone));
        first(names, rows, "granularity").ifPresent(step -> chart.put("granularity", step));
        return Optional.of(chart);
    }

    private static Optional<String> first(List<String> names, Rows rows, String column) {
        int at = names.indexOf(column);
        return at < 0
                ? Optional.empty()
                : rows.rows().stream().map(row -> text(row.get(at))).findFirst();
    }

    /** As a cell shows it: numbers without exponent and trailing zeros, nothing for null. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
