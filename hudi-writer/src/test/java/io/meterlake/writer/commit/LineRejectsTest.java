package io.meterlake.writer.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.reading.Reject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineRejectsTest {
    private static Reject reject(String field, String reason, String hint, String rawText) {
        return new Reject(7, field, reason, hint, rawText);
    }

    @Test
    void saysEachThingOnceAndInTheOrderOfTheirComing() {
        assertThat(LineRejects.asOne(List.of(
                        reject("value", "b is no number", "Send a number", "the first"),
                        reject("unit", "no unit", "Send a unit", "the second"),
                        reject("", "too short", "", "the third"),
                        reject("value", "a is no number", "Send a number", "the fourth"),
                        reject("value", "b is no number", "Send a number", "the fifth"))))
                .isEqualTo(reject(
                        "value, unit",
                        "b is no number; no unit; too short; a is no number",
                        "Send a number; Send a unit",
                        "the first"));
    }

    @Test
    void leavesOneAloneHoweverLongItIs() {
        Reject one = reject("value", "x".repeat(10_000), "", "");
        assertThat(LineRejects.asOne(List.of(one))).isSameAs(one);
    }

    @Test
    void isShortWhereAFileOfManyRecordsIsOneLine() {
        List<Reject> rejects = IntStream.range(0, 200_000)
                .mapToObj(i -> reject("value", "%06d is no number".formatted(i), "Send a number", "raw"))
                .toList();
        Reject one = LineRejects.asOne(rejects);

        assertThat(one.field()).isEqualTo("value");
        assertThat(one.hint()).isEqualTo("Send a number");
        assertThat(one.reason())
                .startsWith("000000 is no number; 000001 is no number; ")
                .endsWith(" is no number; …")
                .hasSizeBetween(8000, 8200);
    }
}
