package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.BoundQuery;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Parameter;
import io.meterlake.engine.Trino;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a filter offers while somebody types: values of a card's column. Thread-safe. */
final class ParameterValues {
    private final Trino trino;

    ParameterValues(Trino trino) {
        this.trino = trino;
    }

    /** The first twenty values that contain the text, whatever its case; none if the filter offers nothing. */
    List<String> containing(Dashboards all, Parameter parameter, String text) {
        return parameter
                .offered()
                .flatMap(from -> all.card(from.card()).map(card -> containing(card, from.column(), text)))
                .orElse(List.of());
    }

    private List<String> containing(Card card, String column, String text) {
        BoundQuery query = card.query().bind(card.templateTags(), Map.of());
        List<Object> values = new ArrayList<>(query.values());
        values.add(text);
        String name = '"' + column.replace("\"", "\"\"") + '"';
        return trino.rows("""
                        select distinct cast(%1$s as varchar)
                        from (%2$s
                        ) as offered
                        where strpos(lower(cast(%1$s as varchar)), lower(?)) > 0
                        order by 1
                        limit 20
                        """.formatted(name, query.sql()), values).firstColumn();
    }
}
