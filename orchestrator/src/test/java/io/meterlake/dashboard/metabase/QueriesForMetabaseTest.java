package io.meterlake.dashboard.metabase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.dashboard.Card;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes each card's query as releases since 0.57 have it, where {@code ./check contract} hands it to Metabase's own tool. */
class QueriesForMetabaseTest {
    @Test
    void theQueryOfEachCardIsWritten() throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        for (String column : OnAMetabase.COLUMNS) {
            ids.put(column, 1000 + OnAMetabase.COLUMNS.indexOf(column));
        }
        Path folder = Files.createDirectories(Path.of("target", "metabase-queries"));
        for (Card card : OnAMetabase.FILES.cards()) {
            JsonNode sent = Payloads.card(card, 1, new Fields(ids)).path("dataset_query");
            JsonNode query = FakeQueries.inStages(sent, 57);
            assertThat(NativeQuery.read(query).orElseThrow().sql())
                    .isEqualTo(card.query().text());
            Files.writeString(folder.resolve(card.slug() + ".json"), JsonDocuments.compact(query));
        }
    }
}
