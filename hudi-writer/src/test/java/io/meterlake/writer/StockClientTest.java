package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.StockReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same deliveries by our writer and by Hudi's own Java client: the same table. */
class StockClientTest {
    private static final int FILES = 6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void holdsWhatHudisOwnClientMakesOfTheSameFiles(long seed) throws IOException {
        Deliveries deliveries = new Deliveries(seed);
        try (TestLake lake = new TestLake(folder.resolve("ours"));
                StockReadings stock = new StockReadings(folder.resolve("stock"))) {
            for (int i = 0; i < FILES; i++) {
                List<Line> lines = deliveries.next(200);
                IngestOutcome outcome = lake.ingest(lake.file("file" + i, lines));
                // What of a file counts, if it has an interval twice, is worked out with plain maps.
                Model ofFile = new Model();
                ofFile.ingest("file" + i, lines, lake.receivedAt(outcome));
                stock.upsert(ofFile.columns().values());

                assertThat(TableReader.readings(lake.lake()))
                        .as("after file %d", i)
                        .isEqualTo(shown(stock.rows()));
            }
        }
    }

    /** Without the columns that the model does not know. */
    private static Map<String, Map<String, @Nullable Object>> shown(Map<String, Map<String, @Nullable Object>> rows) {
        Map<String, Map<String, @Nullable Object>> shown = new TreeMap<>();
        rows.forEach((key, row) -> {
            Map<String, @Nullable Object> columns = new TreeMap<>(row);
            columns.keySet().removeAll(TableReader.NOT_IN_THE_MODEL);
            shown.put(key, columns);
        });
        return shown;
    }
}
