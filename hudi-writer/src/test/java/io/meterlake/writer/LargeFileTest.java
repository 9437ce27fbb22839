package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.writer.upsert.MemoryBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file for which memory has no room, of many days: what a utility sends when it sends a year again. */
class LargeFileTest {
    private static final int DAYS = 120;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MORNING = "2026-06-02T08:00:00Z";
    private static final String NOON = "2026-06-02T12:00:00Z";
    /** So that nearly all readings go to the disk, in many runs. */
    private static final MemoryBudget TINY = new MemoryBudget(100, 150);

    @TempDir
    Path folder;

    @Test
    void isOneCommitAndChangesNothingTheSecondTime() {
        List<Line> lines = new ArrayList<>();
        for (int hour = 0; hour < DAYS * 24; hour += 6) {
            for (int meter = 0; meter < 5; meter++) {
                lines.add(line(meter, hour, "1." + hour, MORNING));
            }
        }
        Collections.shuffle(lines, new Random(1));
        // Each tenth is told twice, and the earlier word comes last.
        List<Line> twice = new ArrayList<>(lines);
        for (int i = 0; i < lines.size(); i += 10) {
            twice.add(lines.get(i).value("7"));
            twice.set(i, lines.get(i).recordedAt(NOON));
        }
        try (TestLake lake = new TestLake(folder)) {
            IngestOutcome first = ingest(lake, "first.txt", twice);
            assertThat(first.rowsNew()).isEqualTo(lines.size());
            assertThat(first.rowsDuplicate()).isEqualTo(twice.size() - lines.size());
            assertThat(first.written().days()).hasSizeGreaterThanOrEqualTo(DAYS);
            assertThat(lake.lake().completedInstants("meter_readings")).hasSize(1);
            assertThat(values(lake)).isEqualTo(expected(lines));

            Collections.shuffle(twice, new Random(2));
            List<Line> lastWords =
                    twice.stream().filter(line -> !"7".equals(line.value())).toList();
            IngestOutcome second = ingest(lake, "second.txt", lastWords);
            assertThat(second.rowsUnchanged()).isEqualTo(lines.size());
            assertThat(second.commit()).isNull();
            assertThat(second.written().baseFiles()).isZero();
            assertThat(lake.config().root().resolve(".meterlake-spill")).isEmptyDirectory();
        }
    }

    @Test
    void keepsAllThatACorrectionOfEverythingReplaced() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (int quarter = 0; quarter < 96; quarter++) {
            lines.add(
                    Line.of("M1", FIRST.plus(15L * quarter, ChronoUnit.MINUTES).toString(), "1." + quarter, MORNING));
        }
        List<Line> corrected = lines.stream()
                .map(line -> line.value("9" + line.value()).recordedAt(NOON))
                .toList();
        try (TestLake lake = new TestLake(folder)) {
            ingest(lake, "first.txt", lines);

            IngestOutcome outcome = ingest(lake, "corrected.txt", corrected);

            assertThat(outcome.rowsChanged()).isEqualTo(lines.size());
            assertThat(values(lake)).isEqualTo(expected(corrected));
            List<Map<String, @Nullable Object>> changes = lake.rows("reading_changes");
            assertThat(changes)
                    .extracting(row -> String.valueOf(row.get("old_value")))
                    .containsExactlyInAnyOrderElementsOf(expected(lines).values());
            assertThat(changes)
                    .extracting(row -> String.valueOf(row.get("new_value")))
                    .containsExactlyInAnyOrderElementsOf(expected(corrected).values());
            try (Stream<Path> files =
                    Files.walk(lake.lake().table("reading_changes").folder())) {
                assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                        .as("%d are held at a time", TINY.changesHeld())
                        .hasSizeGreaterThanOrEqualTo(lines.size() / TINY.changesHeld());
            }
        }
    }

    private static Line line(int meter, int hour, String value, String recorded) {
        return Line.of("M" + meter, FIRST.plus(hour, ChronoUnit.HOURS).toString(), value, recorded);
    }

    private static IngestOutcome ingest(TestLake lake, String name, List<Line> lines) {
        return new Ingest(lake.lake(), IngestListener.NONE, TINY)
                .ingest(new IngestRequest(lake.file(name, lines), "", LineFormat.INSTANCE));
    }

    private static Map<String, String> expected(List<Line> lines) {
        return new TreeMap<>(lines.stream()
                .collect(Collectors.toMap(
                        line -> line.meter() + " " + line.startInstant(), line -> String.valueOf(line.decimal()))));
    }

    private static Map<String, String> values(TestLake lake) {
        return new TreeMap<>(lake.readings().stream()
                .collect(Collectors.toMap(
                        row -> row.get("meter_id") + " " + row.get("interval_start"),
                        row -> String.valueOf(row.get("value")))));
    }
}
