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
        assertThat(numbersLikeAMap(text.toString())).isGreaterThan(5000);
    }

    @Test
    void findsThemWhateverFollowsWhat() throws IOException {
        Random random = new Random(6);
        StringBuilder text = new StringBuilder();
        for (int interval = 0; interval < 20; interval++) {
            for (int meter = 0; meter < 700; meter++) {
                // Most follow the one that they followed before; some are left out, and some come twice.
                int times = random.nextInt(10) == 0 ? random.nextInt(3) : 1;
                text.append(("M" + meter + ",x," + (meter % 3 == 0 ? "E1" : "E2") + "\n").repeat(times));
            }
        }
        for (int meter = 0; meter < 700; meter++) {
            text.append(("M" + meter + ",x,E" + (1 + meter % 2) + "\n").repeat(20));
        }
        assertThat(numbersLikeAMap(text.toString())).isGreaterThan(700);
    }

    private static int numbersLikeAMap(String text) throws IOException {
        DelimitedReader reader = new DelimitedReader(InMemoryFile.inPieces(text.getBytes(UTF_8)), "test.csv", ',');
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
        return numbers.size();
    }
}
