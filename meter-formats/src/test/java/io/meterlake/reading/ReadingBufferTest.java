package io.meterlake.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.testing.Parsed;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadingBufferTest {
    private static final Series FIRST = new Series("M1", "E1", "kWh", 15, ZoneId.of("UTC"));
    private static final Series SECOND = new Series("M2", "E1", "kWh", 15, ZoneId.of("UTC"));
    private static final Grade ACTUAL = new Grade(Quality.ACTUAL, "A");
    private static final Grade ESTIMATED = new Grade(Quality.ESTIMATED, "E");

    @Test
    void givesAnEqualSeriesAndAnEqualGradeTheSameHandle() {
        ReadingBuffer buffer = new ReadingBuffer();
        assertThat(buffer.series(FIRST)).isZero();
        assertThat(buffer.series(SECOND)).isOne();
        assertThat(buffer.series(new Series("M1", "E1", "kWh", 15, ZoneId.of("UTC"))))
                .isZero();
        assertThat(buffer.grade(ACTUAL)).isZero();
        assertThat(buffer.grade(ESTIMATED)).isOne();
        assertThat(buffer.grade(new Grade(Quality.ACTUAL, "A"))).isZero();
        assertThat(buffer.series()).containsExactly(FIRST, SECOND);
        assertThat(buffer.grades()).containsExactly(ACTUAL, ESTIMATED);
    }

    @Test
    void replaysMoreReadingsThanAChunkHoldsIntoASinkWithOtherHandles() {
        ReadingBuffer original = new ReadingBuffer();
        Random random = new Random(1);
        int[] series = {original.series(FIRST), original.series(SECOND)};
        int[] grades = {original.grade(ACTUAL), original.grade(ESTIMATED)};
        for (int i = 0; i < 100_000; i++) {
            original.reading(
                    series[random.nextInt(2)],
                    random.nextLong(1_000_000_000),
                    random.nextInt(100) == 0 ? ReadingSink.NO_VALUE : random.nextLong(1_000_000),
                    grades[random.nextInt(2)],
                    random.nextInt(100) == 0 ? ReadingSink.NO_TIME : random.nextLong(1_000_000_000),
                    i + 1L);
        }
        original.reject(new Reject(7, "value", "reason", "hint", "raw"));

        ReadingBuffer copy = new ReadingBuffer();
        copy.series(SECOND);
        copy.grade(ESTIMATED);
        original.replayTo(copy);

        assertThat(copy.size()).isEqualTo(100_000);
        assertThat(Parsed.rows(copy)).isEqualTo(Parsed.rows(original));
        assertThat(copy.rejects()).isEqualTo(original.rejects());
    }

    @Test
    void refusesAnIndexThatItDoesNotHave() {
        ReadingBuffer buffer = new ReadingBuffer();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> buffer.valueAt(0));
    }
}
