package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More commits than the active timeline keeps, with the cleaner at its most aggressive. */
class ReadingChangesSoakTest {
    private static final int CORRECTIONS = 80;
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void losesNoChangeToTheCleanerOrTheArchiver(@TempDir Path folder) {
        try (TestLake lake = new TestLake(folder, 1)) {
            lake.retain(0);
            for (int round = 0; round <= CORRECTIONS; round++) {
                String recorded = MORNING.plusSeconds(round).toString();
                lake.ingest(
                        "round-" + round + ".txt",
                        Line.of("M1", "2026-03-01T10:00:00Z", Integer.toString(round), recorded));
            }

            List<Map<String, @Nullable Object>> changes = lake.rows("reading_changes").stream()
                    .sorted(Comparator.comparing(row -> (String) requireNonNull(row.get("commit_requested_at"))))
                    .toList();
            assertThat(changes).extracting(row -> row.get("old_value")).containsExactlyElementsOf(values(0));
            assertThat(changes).extracting(row -> row.get("new_value")).containsExactlyElementsOf(values(1));
            assertThat(lake.lake().completedInstants("reading_changes"))
                    .as("the timeline was archived")
                    .hasSizeLessThan(CORRECTIONS);
            assertThat(lake.lake().completedInstants("meter_readings"))
                    .as("the readings were cleaned")
                    .anyMatch(instant -> instant.action().equals("clean"));
            assertThat(lake.readings())
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("value", value(CORRECTIONS)));
        }
    }

    private static List<BigDecimal> values(int from) {
        return IntStream.range(from, from + CORRECTIONS)
                .mapToObj(ReadingChangesSoakTest::value)
                .toList();
    }

    private static BigDecimal value(int number) {
        return new BigDecimal(number).setScale(6);
    }
}
