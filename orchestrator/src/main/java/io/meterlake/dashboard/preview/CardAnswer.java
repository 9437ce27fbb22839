package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.BoundQuery;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.dashboard.Parameter;
import io.meterlake.engine.Trino;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a card shows for the parameters of its dashboard. Thread-safe. */
final class CardAnswer {
    /** Points that a curve may have before it is downsampled: ten meters' year of quarter hours, and some. */
    private static final String ROW_LIMIT = "400000";

    private final Trino trino;
    private final DataAsOf asOf;

    CardAnswer(Trino trino) {
        this.trino = trino;
        this.asOf = new DataAsOf(trino);
    }

    /**
     * The card's document: that of {@link AnswerRows}, and {@code facts}, which say of which kind the numbers are ({@code
     * numbers}), which moment's ({@code data_as_of}) and how many rows of all ({@code rows_shown}). Where each row says
     * it for itself, {@code facts} lack it.
     *
     * @throws io.meterlake.error.MeterlakeException if a parameter is missing or wrong, or Trino refuses
     */
    Map<String, Object> answer(Dashboard dashboard, Dashcard place, Card card, Map<String, List<String>> parameters) {
        BoundQuery query = card.query().bind(card.templateTags(), values(dashboard, place, card, parameters));
        AnswerRows rows = new AnswerRows(card);
        trino.run(query.sql(), query.values(), rows);
        Map<String, Object> answer = rows.document();
        Map<String, String> facts = new LinkedHashMap<>(rows.facts().said());
        if (!rows.facts().isInRows("numbers")) {
            facts.putIfAbsent("numbers", card.numbers().word());
        }
        if (!rows.facts().isInRows("data_as_of") && !facts.containsKey("data_as_of")) {
            facts.put("data_as_of", asOf.of(card.numbers()));
        }
        answer.put("facts", facts);
        return answer;
    }

    private static Map<String, List<String>> values(
            Dashboard dashboard, Dashcard place, Card card, Map<String, List<String>> parameters) {
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
        return values;
    }
}
