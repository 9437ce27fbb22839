package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However a correcting ingest ends, after the next one the readings and their changes are in step: no change without its
 * commit, no commit without its changes. Each test has a meter of its own in one lake.
 */
class ReadingChangesCrashTest {
    private static final String MORNING = "2026-03-02T08:00:00Z";
    private static final String NOON = "2026-03-02T12:00:00Z";
    private static final String EVENING = "2026-03-02T18:00:00Z";

    @TempDir
    static Path folder;

    private static TestLake lake;

    @BeforeAll
    static void open() {
        lake = new TestLake(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    private static Path file(String meter, String value, String recordedAt) {
        List<Line> lines = IntStream.range(0, 3)
                .mapToObj(day -> Line.of(meter, "2026-03-0" + (day + 1) + "T10:00:00Z", value, recordedAt))
                .toList();
        return lake.file(meter + "-" + lake.nextNumber() + ".txt", lines);
    }

    @ParameterizedTest
    @EnumSource(
            value = IngestStep.class,
            names = {"COMMIT_STARTED", "FILES_WRITTEN", "CHANGES_WRITTEN", "COMMITTED", "CHANGES_COMMITTED"})
    void keepsChangesInStepWhenTheProcessIsKilled(IngestStep step) throws Exception {
        String meter = "killed at " + step;
        lake.ingest(file(meter, "1", MORNING));
        Path correction = file(meter, "2", NOON);
        HaltedIngest.run(lake.config(), step, correction);

        // The next run may bring anything: here what has nothing to do with the file that was cut off.
        lake.reopen();
        lake.ingest(file("other", "1", NOON));
        assertInStep(meter, step.compareTo(IngestStep.COMMITTED) >= 0 ? List.of("1", "2") : List.of("1"));

        lake.ingest(correction);
        assertInStep(meter, List.of("1", "2"));
        lake.ingest(file(meter, "3", EVENING));
        assertInStep(meter, List.of("1", "2", "3"));
    }

    @Test
    void completesWhatAFailureAfterTheCommitLeft() {
        String meter = "failed";
        lake.ingest(file(meter, "1", MORNING));
        Path correction = file(meter, "2", NOON);
        Path properties = properties("reading_changes");
        assertThatThrownBy(() -> ingest(correction, IngestStep.COMMITTED, () -> hide(properties)))
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(LakeErrorCode.COMMIT_INCOMPLETE));
        show(properties);

        assertThat(lake.ingest(correction).status()).isEqualTo(IngestOutcome.Status.ALREADY_INGESTED);
        assertInStep(meter, List.of("1", "2"));
    }

    @Test
    void findsOutWhatBecameOfACommitThatCouldNotBeTold() {
        String meter = "unknown";
        lake.ingest(file(meter, "1", MORNING));
        Path correction = file(meter, "2", NOON);
        Path properties = properties("meter_readings");
        assertThatThrownBy(() -> ingest(correction, IngestStep.CHANGES_WRITTEN, () -> hide(properties)))
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(LakeErrorCode.COMMIT_UNKNOWN));
        show(properties);

        lake.ingest(file("other", "2", EVENING));
        assertInStep(meter, List.of("1"));
        lake.ingest(correction);
        assertInStep(meter, List.of("1", "2"));
    }

    private static void ingest(Path file, IngestStep at, Runnable then) {
        new Ingest(lake.lake(), new IngestListener() {
                    @Override
                    public void reached(Path reached, IngestStep step) {
                        if (step == at) {
                            then.run();
                        }
                    }
                })
                .ingest(new IngestRequest(file, "", LineFormat.INSTANCE));
    }

    private static Path properties(String table) {
        return lake.lake().table(table).folder().resolve(".hoodie").resolve("hoodie.properties");
    }

    private static void hide(Path file) {
        move(file, file.resolveSibling("hidden"));
    }

    private static void show(Path file) {
        move(file.resolveSibling("hidden"), file);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each of the meter's intervals had these values, one after the other. */
    private static void assertInStep(String meter, List<String> values) {
        List<Tuple> expected = new ArrayList<>();
        for (int i = 1; i < values.size(); i++) {
            for (int day = 0; day < 3; day++) {
                expected.add(tuple("2026-03-0" + (day + 1), decimal(values.get(i - 1)), decimal(values.get(i))));
            }
        }
        List<Map<String, @Nullable Object>> changes = rows("reading_changes", meter);
        assertThat(changes)
                .extracting(
                        row -> String.valueOf(row.get("reading_date")),
                        row -> row.get("old_value"),
                        row -> row.get("new_value"))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rows("meter_readings", meter))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).containsEntry("value", decimal(values.getLast())));
        Set<String> commits = lake.lake().completedInstants("meter_readings").stream()
                .map(instant -> instant.requested())
                .collect(Collectors.toSet());
        assertThat(changes).allSatisfy(row -> assertThat(commits).contains((String) row.get("commit_requested_at")));
        for (String table : List.of("meter_readings", "reading_changes")) {
            assertThat(lake.lake()
                            .table(table)
                            .metaClient()
                            .getActiveTimeline()
                            .filterInflightsAndRequested()
                            .getInstants())
                    .as("unfinished in %s", table)
                    .isEmpty();
            assertThat(lake.lake().table(table).folder().resolve(".hoodie/.temp"))
                    .as("markers of %s", table)
                    .isEmptyDirectory();
        }
    }

    private static List<Map<String, @Nullable Object>> rows(String table, String meter) {
        return lake.rows(table).stream()
                .filter(row -> meter.equals(requireNonNull(row.get("meter_id"))))
                .toList();
    }

    private static BigDecimal decimal(String value) {
        return new BigDecimal(value).setScale(6);
    }
}
