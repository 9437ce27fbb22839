package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTable;
import io.meterlake.storage.Storage;
import io.meterlake.testing.SharedMetastore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Examples of what gets into reading_changes; each test has a meter of its own in one lake. */
class ReadingChangesTest {
    private static final String START = "2026-03-01T10:00:00Z";
    private static final String MORNING = "2026-03-02T08:00:00Z";
    private static final String NOON = "2026-03-02T12:00:00Z";
    private static final String EVENING = "2026-03-02T18:00:00Z";

    @TempDir
    static Path folder;

    private static TestLake lake;

    private String meter = "";

    @BeforeAll
    static void open() {
        lake = new TestLake(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    @BeforeEach
    void nameMeter(TestInfo test) {
        meter = test.getTestMethod().orElseThrow().getName();
    }

    private Line line(String value, String recordedAt) {
        return Line.of(meter, START, value, recordedAt);
    }

    private IngestOutcome ingest(Line... lines) {
        return lake.ingest(fileName(), lines);
    }

    private String fileName() {
        return meter + "-" + lake.nextNumber() + ".txt";
    }

    private List<Map<String, @Nullable Object>> changes() {
        return lake.rows("reading_changes").stream()
                .filter(row -> meter.equals(row.get("meter_id")))
                .toList();
    }

    private static BigDecimal decimal(String value) {
        return new BigDecimal(value).setScale(6);
    }

    private static String commit(IngestOutcome outcome) {
        return requireNonNull(outcome.commit(), "no commit").requested();
    }

    @Test
    void keepsWhatStoodThereAndWhatTookItsPlace() {
        IngestOutcome first = ingest(line("1.5", MORNING));
        IngestOutcome correction =
                ingest(new Line(meter, "E1", "Arctic/Longyearbyen", START, 30, "2.25", "Wh", "estimated", "B", NOON));

        assertThat(correction.rowsChanged()).isEqualTo(1);
        assertThat(changes())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("channel", "E1")
                        .containsEntry("interval_start", Instant.parse(START))
                        .containsEntry("interval_start_us", Instant.parse(START).getEpochSecond() * 1_000_000)
                        .containsEntry("old_interval_minutes", 15)
                        .containsEntry("new_interval_minutes", 30)
                        .containsEntry("old_value", decimal("1.5"))
                        .containsEntry("new_value", decimal("2.25"))
                        .containsEntry("old_unit", "kWh")
                        .containsEntry("new_unit", "Wh")
                        .containsEntry("old_quality", "actual")
                        .containsEntry("new_quality", "estimated")
                        .containsEntry("old_quality_code", "A")
                        .containsEntry("new_quality_code", "B")
                        .containsEntry("old_time_zone", "Europe/Berlin")
                        .containsEntry("new_time_zone", "Arctic/Longyearbyen")
                        .containsEntry("old_recorded_at", Instant.parse(MORNING))
                        .containsEntry("new_recorded_at", Instant.parse(NOON))
                        .containsEntry(
                                "old_source_file", first.file().getFileName().toString())
                        .containsEntry(
                                "new_source_file",
                                correction.file().getFileName().toString())
                        .containsEntry("old_file_checksum", first.checksum())
                        .containsEntry("new_file_checksum", correction.checksum())
                        .containsEntry("utility", "acme")
                        .containsEntry("commit_requested_at", commit(correction))
                        .containsEntry("reading_date", LocalDate.parse("2026-03-01")))
                .satisfies(row -> assertThat((Instant) requireNonNull(row.get("received_at")))
                        .isAfter(Instant.parse("2026-06-01T00:00:00Z")));
    }

    @Test
    void keepsAValueThatIsTakenBackAndOneThatWasMissing() {
        ingest(line("1", MORNING));
        ingest(line("1", NOON).value(null).graded("withdrawn", ""));
        ingest(line("3", EVENING));

        assertThat(changes())
                .extracting(
                        row -> row.get("old_value"),
                        row -> row.get("new_value"),
                        row -> row.get("old_quality"),
                        row -> row.get("new_quality_code"))
                .containsExactlyInAnyOrder(
                        tuple(decimal("1"), null, "actual", null), tuple(null, decimal("3"), "withdrawn", "A"));
    }

    @Test
    void keepsNothingOfWhatIsNewUnchangedOrLate() {
        List<CompletedInstant> before = lake.lake().completedInstants("reading_changes");
        Path file = lake.file(fileName(), List.of(line("1", NOON)));
        lake.ingest(file);
        lake.ingest(file);
        ingest(line("1", NOON), line("2", NOON).channel("E2"));
        ingest(line("5", MORNING), line("6", NOON).channel("E3"));

        assertThat(changes()).isEmpty();
        assertThat(lake.lake().completedInstants("reading_changes")).isEqualTo(before);
    }

    @Test
    void keepsNothingOfAReadingThatWasOnlyRecordedAgain() {
        ingest(line("1", MORNING));
        List<CompletedInstant> before = lake.lake().completedInstants("reading_changes");
        IngestOutcome again = ingest(line("1", NOON));

        assertThat(again.rowsChanged()).isEqualTo(1);
        assertThat(changes()).isEmpty();
        assertThat(lake.lake().completedInstants("reading_changes")).isEqualTo(before);
        ingest(line("2", EVENING));
        assertThat(changes())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("old_recorded_at", Instant.parse(NOON))
                        .containsEntry("old_file_checksum", again.checksum()));
    }

    @Test
    void keepsARowForEachOfTwoFilesThatCorrectAnInterval() {
        ingest(line("1", MORNING));
        IngestOutcome second = ingest(line("2", NOON));
        IngestOutcome third = ingest(line("3", EVENING));

        assertThat(changes())
                .extracting(
                        row -> row.get("old_value"), row -> row.get("new_value"), row -> row.get("commit_requested_at"))
                .containsExactlyInAnyOrder(
                        tuple(decimal("1"), decimal("2"), commit(second)),
                        tuple(decimal("2"), decimal("3"), commit(third)));
    }

    @Test
    void keepsOneRowOfAFileThatCorrectsAnIntervalTwice() {
        ingest(line("1", MORNING));
        ingest(line("3", EVENING), line("2", NOON), line("4", EVENING));

        assertThat(changes())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("old_value", decimal("1"))
                        .containsEntry("new_value", decimal("4")));
    }

    @Test
    void keepsARowWhereTheLaterOfTwoEquallyOldReadingsWins() {
        ingest(line("1", NOON));
        ingest(line("2", NOON));
        assertThat(changes())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("old_value", decimal("1"))
                        .containsEntry("new_value", decimal("2")));
    }

    @Test
    void writesOneSortedFileADayAndNeverTouchesOlderOnes() throws Exception {
        // Days that no other test of this class corrects; meters of both buckets.
        List<Line> week = IntStream.range(0, 7 * 24)
                .mapToObj(hour -> Instant.parse("2026-05-04T00:00:00Z").plusSeconds(hour * 3600L))
                .flatMap(start -> IntStream.range(0, 9)
                        .mapToObj(number -> Line.of(meter + number, start.toString(), "1", MORNING)
                                .zone("UTC")))
                .toList();
        lake.ingest(lake.file(fileName(), week));
        List<Line> twoDays = week.stream()
                .filter(one -> one.startInstant().isBefore(Instant.parse("2026-05-06T00:00:00Z")))
                .toList();
        IngestOutcome correction = lake.ingest(lake.file(
                fileName(),
                twoDays.reversed().stream()
                        .map(one -> one.value("2").recordedAt(NOON))
                        .toList()));
        lake.ingest(lake.file(
                fileName(),
                twoDays.stream()
                        .limit(100)
                        .map(one -> one.value("3").recordedAt(EVENING))
                        .toList()));

        LakeTable table = lake.lake().table("reading_changes");
        List<String> partitions = List.of("reading_date=2026-05-04", "reading_date=2026-05-05");
        Map<String, List<HoodieBaseFile>> files = table.latestBaseFiles(partitions);
        assertThat(files.get(partitions.get(0))).hasSize(2);
        assertThat(files.get(partitions.get(1))).hasSize(1);
        Path oldest = table.folder()
                .resolve(partitions.get(1))
                .resolve(requireNonNull(files.get(partitions.get(1))).getFirst().getFileName());
        try (ParquetFileReader reader =
                ParquetFileReader.open(Storage.of(oldest).input(oldest))) {
            Map<String, String> footer = reader.getFileMetaData().getKeyValueMetaData();
            assertThat(footer)
                    .containsEntry(
                            "hoodie_min_record_key",
                            "meter_id:" + meter + "0,channel:E1,interval_start_us:1777939200000000,commit_requested_at:"
                                    + commit(correction))
                    .containsEntry(
                            "hoodie_max_record_key",
                            "meter_id:" + meter + "8,channel:E1,interval_start_us:1778022000000000,commit_requested_at:"
                                    + commit(correction));
        }
        List<Map<String, @Nullable Object>> day = lake.rows("reading_changes").stream()
                .filter(row -> LocalDate.parse("2026-05-05").equals(row.get("reading_date")))
                .toList();
        assertThat(day).hasSize(9 * 24);
        assertThat(day.stream()
                        .map(row -> row.get("meter_id") + " " + row.get("interval_start"))
                        .toList())
                .isSorted();
        assertThat(SharedMetastore.partitions(lake.config().database(), "reading_changes"))
                .contains("2026-05-04", "2026-05-05")
                .doesNotContain("2026-05-06");
    }

    /** What a simple map would hold. */
    private record Standing(int value, Instant recordedAt) {}

    @Test
    void agreesWithAMapThatIsCorrectedAtRandom() {
        Random random = new Random(20260301);
        Map<Instant, Standing> standing = new HashMap<>();
        List<Tuple> expected = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            List<Line> lines = new ArrayList<>();
            Map<Instant, Standing> ofRound = new HashMap<>();
            for (int hour = 0; hour < 60; hour++) {
                if (random.nextInt(3) > 0) {
                    Instant start = Instant.parse("2026-04-01T00:00:00Z").plusSeconds(hour * 3600L);
                    Instant recorded = Instant.parse(MORNING).plusSeconds(random.nextInt(20) * 60L);
                    Standing reading = new Standing(random.nextInt(3), recorded);
                    ofRound.put(start, reading);
                    lines.add(Line.of(meter, start.toString(), "" + reading.value(), recorded.toString()));
                }
            }
            IngestOutcome outcome = lake.ingest(lake.file(fileName(), lines));
            ofRound.forEach((start, reading) -> {
                Standing old = standing.get(start);
                if (old == null || !reading.recordedAt().isBefore(old.recordedAt())) {
                    standing.put(start, reading);
                    if (old != null && old.value() != reading.value()) {
                        expected.add(tuple(
                                start, decimal("" + old.value()), decimal("" + reading.value()), commit(outcome)));
                    }
                }
            });
        }

        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(changes())
                .extracting(
                        row -> row.get("interval_start"),
                        row -> row.get("old_value"),
                        row -> row.get("new_value"),
                        row -> row.get("commit_requested_at"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
