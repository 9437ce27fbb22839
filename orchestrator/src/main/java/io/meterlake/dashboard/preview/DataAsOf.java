package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.Numbers;
import io.meterlake.engine.Trino;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the last file came that is in the numbers, for cards that have no row to say it in. Thread-safe. */
final class DataAsOf {
    private final Trino trino;

    DataAsOf(Trino trino) {
        this.trino = trino;
    }

    /** An instant as text; empty if there is nothing yet. */
    String of(Numbers numbers) {
        List<@Nullable Object> row = trino.rows(sql(numbers)).rows().getFirst();
        return CellText.of(row.getFirst());
    }

    private static String sql(Numbers numbers) {
        return switch (numbers) {
            case LIVE ->
                "select with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') from hudi.lake.ingested_files";
            case PROVISIONAL -> "select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files";
            case SIGNED ->
                "select with_timezone(cast(max(signed_at) as timestamp(6)), 'UTC') from hudi.lake.reports where status = 'signed'";
        };
    }
}
