package io.meterlake.dashboard.preview;

import io.meterlake.engine.Trino;
import java.util.Collections;
import java.util.List;

/** The meters that there are, for the search box and for telling which ones there are not. Thread-safe. */
final class MeterNames {
    private final Trino trino;

    MeterNames(Trino trino) {
        this.trino = trino;
    }

    /** The first twenty meters whose name contains the text. */
    List<String> containing(String text) {
        return trino.rows("""
                        select distinct meter_id
                        from hive.marts.fct_meter_daily_energy
                        where strpos(lower(meter_id), lower(?)) > 0
                        order by meter_id
                        limit 20
                        """, List.of(text)).firstColumn();
    }

    /** Those that sent no active energy ever. */
    List<String> unknown(List<String> meters) {
        if (meters.isEmpty()) {
            return List.of();
        }
        String marks = String.join(", ", Collections.nCopies(meters.size(), "?"));
        List<String> known = trino.rows(
                        "select distinct meter_id from hive.marts.fct_meter_daily_energy where meter_id in (" + marks
                                + ")",
                        meters)
                .firstColumn();
        return meters.stream().filter(meter -> !known.contains(meter)).toList();
    }

    /** The first and last day of the meters' readings; two nulls as text if there are none. */
    List<String> days() {
        return trino
                .rows("select min(reading_date), max(reading_date) from hive.marts.fct_meter_daily_energy")
                .rows()
                .getFirst()
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
