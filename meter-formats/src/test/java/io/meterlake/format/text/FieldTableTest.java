package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.testing.InMemoryFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldTableTest {
    @Test
    void numbersContentsLikeAMapOfStrings() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("a".repeat(random.nextInt(3)))
                    .append(random.nextInt(3000))
                    .append(",ignored")
                    .append(i)
                    .append(',')
                    .append("a".repeat(random.nextInt(12)))
                    .append('\n');
        }
        DelimitedReader reader =
                new DelimitedReader(InMemoryFile.inPieces(text.toString().getBytes(UTF_8)), "test.csv", ',');
        FieldTable table = new FieldTable(0, 2);
        Map<String, Integer> numbers = new HashMap<>();
        while (reader.next()) {
            String key = reader.text(0) + "|" + reader.text(2);
            Integer expected = numbers.get(key);
            if (expected == null) {
                assertThat(table.find(reader)).isEqualTo(FieldTable.ABSENT);
                assertThat(table.add(reader)).isEqualTo(numbers.size());
                numbers.put(key, numbers.size());
            } else {
                assertThat(table.find(reader)).isEqualTo(expected);
            }
        }
        assertThat(numbers).hasSizeGreaterThan(5000);
    }
}
