package io.meterlake.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.Reject;
import org.junit.jupiter.api.Test;

class RejectsByLineTest {
    private final ReadingBuffer buffer = new ReadingBuffer();
    private final RejectsByLine rejects = new RejectsByLine(buffer);

    private void reject(long line, int times) {
        for (int i = 0; i < times; i++) {
            rejects.reject(new Reject(line, "value", "reason " + i, "hint", "raw"));
        }
    }

    @Test
    void passesOnTheRejectsOfLines() {
        reject(1, 100);
        reject(2, 1);
        reject(1, 2);
        rejects.finish();
        assertThat(buffer.rejects()).hasSize(103);
    }

    @Test
    void countsTheRejectsOfALineThatHasTooMany() {
        reject(1, 1_000_100);
        reject(2, 1);
        rejects.finish();
        assertThat(buffer.rejects()).hasSize(102);
        assertThat(buffer.rejects().get(100).reason()).isEqualTo("1000000 more records of this line were refused");
        assertThat(buffer.rejects().get(101).line()).isEqualTo(2);
    }

    @Test
    void tellsOfTheLastLineToo() {
        reject(7, 101);
        rejects.finish();
        rejects.finish();
        assertThat(buffer.rejects()).hasSize(101);
        assertThat(buffer.rejects().get(100).line()).isEqualTo(7);
    }
}
