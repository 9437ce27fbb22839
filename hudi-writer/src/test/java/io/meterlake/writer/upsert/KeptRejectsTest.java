package io.meterlake.writer.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.reading.Reject;
import org.junit.jupiter.api.Test;

class KeptRejectsTest {
    private final KeptRejects rejects = new KeptRejects(3);

    private static Reject reject(long line, String rawText) {
        return new Reject(line, "value", "it is not a number", "Write a number", rawText);
    }

    @Test
    void keepsAllOfFew() {
        rejects.add(reject(2, "a"));
        rejects.add(reject(4, "b"));
        rejects.add(reject(2, "a"));
        assertThat(rejects.records()).as("a record with two faults is one").isEqualTo(2);
        assertThat(rejects.all()).extracting(Reject::line).containsExactly(2L, 4L, 2L);
    }

    @Test
    void tellsOfThoseThatItDoesNotKeep() {
        for (int line = 1; line <= 1_000_000; line++) {
            rejects.add(reject(line, "record " + line));
        }
        assertThat(rejects.records()).isEqualTo(1_000_000);
        assertThat(rejects.all()).extracting(Reject::line).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rejects.all().getLast().reason())
                .isEqualTo(
                        "999997 more were rejected from here on, which the lake does not keep one by one; this one: it is"
                                + " not a number");
        assertThat(rejects.all().getLast().hint()).contains("the first 3 ").contains("rejects retry");
        assertThat(rejects.bytes()).isLessThan(10_000);
    }

    @Test
    void keepsTheBeginningOfALongRecord() {
        rejects.add(reject(1, "x".repeat(1_000_000)));
        assertThat(rejects.all().getFirst().rawText()).hasSize(8193).endsWith("…");
    }

    @Test
    void keepsFewOfLongRecords() {
        KeptRejects many = new KeptRejects(1_000_000);
        for (int line = 1; line <= 20_000; line++) {
            many.add(reject(line, "x".repeat(8192)));
        }
        assertThat(many.all()).hasSizeBetween(8_000, 8_300);
        assertThat(many.records()).isEqualTo(20_000);
    }
}
