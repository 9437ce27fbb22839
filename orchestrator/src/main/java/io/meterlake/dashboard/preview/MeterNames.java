package io.meterlake.dashboard.preview;

import io.meterlake.engine.Trino;
import java.util.Collections;
import java.util.List;

/** The meters that there are, for telling which ones there are not. Thread-safe. */
final class MeterNames {
    private final Trino trino;

    MeterNames(Trino trino) {
        this.trino = trino;
    }

    /** Those that sent no active energy ever. */
    List<String> unknown(List<String> meters) {
        if (meters.isEmpty()) {
            return List.of();
        }
        String marks = String.join(", ", Collections.nCopies(meters.size(), "?"));
        List<String> known = trino.rows(
                        "select meter_id from hive.marts.dim_meter where meter_id in (" + marks + ")", meters)
                .firstColumn();
        return meters.stream().filter(meter -> !known.contains(meter)).toList();
    }

    /** The first and last day of the meters' readings; two nulls as text if there are none. */
    List<String> days() {
        return trino
                .rows("select min(first_reading_date), max(last_reading_date) from hive.marts.dim_meter")
                .rows()
                .getFirst()
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
