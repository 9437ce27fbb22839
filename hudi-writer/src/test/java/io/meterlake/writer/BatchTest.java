package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.IngestOutcome.Status;
import io.meterlake.writer.upsert.MemoryBudget;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are committed together come to the same table as one after the other. */
class BatchTest {
    private static final String NOON = "2026-03-05T12:00:00Z";
    private static final String LATER = "2026-03-05T13:00:00Z";

    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static Line line(String meter, String value, String recordedAt) {
        return Line.of(meter, "2026-03-01T12:00:00Z", value, recordedAt);
    }

    private List<IngestOutcome> ingest(Path... files) {
        return new Ingest(lake.lake(), IngestListener.NONE).ingest(requests(List.of(files)));
    }

    private static List<IngestRequest> requests(List<Path> files) {
        return files.stream()
                .map(file -> new IngestRequest(file, "", LineFormat.INSTANCE))
                .toList();
    }

    private long commits(String table) {
        return lake.lake().completedInstants(table).stream()
                .filter(instant -> instant.action().equals("commit"))
                .count();
    }

    private Map<String, @Nullable Object> reading(String meter) {
        return lake.readings().stream()
                .filter(row -> meter.equals(row.get("meter_id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isOneCommitOfWhichEachFileHasItsOwnPart() {
        lake.ingest("before", line("a", "1", NOON), line("b", "1", LATER), line("c", "1", NOON));
        Path one = lake.file("one", List.of(line("a", "2", LATER), line("d", "1", NOON), line("d", "2", NOON)));
        Path two = lake.write(
                "two",
                List.of(
                        line("b", "2", NOON).text(),
                        "reject this",
                        line("d", "3", LATER).text()));
        Path three = lake.file("three", List.of(line("c", "1", NOON)));
        List<IngestOutcome> outcomes = ingest(one, two, three);

        assertThat(outcomes).extracting(IngestOutcome::file).containsExactly(one, two, three);
        assertThat(outcomes)
                .extracting(Model.Counts::of)
                .containsExactly(
                        new Model.Counts(0, 1, 0, 0, 2),
                        new Model.Counts(1, 0, 0, 1, 0),
                        new Model.Counts(0, 0, 1, 0, 0));
        assertThat(outcomes).extracting(IngestOutcome::rowsRejected).containsExactly(0L, 1L, 0L);
        assertThat(commits("meter_readings"))
                .as("that of the file before, and one")
                .isEqualTo(2);
        assertThat(commits("ingested_files")).isEqualTo(2);
        CompletedInstant commit = Objects.requireNonNull(outcomes.getFirst().commit());
        assertThat(outcomes.get(1).commit()).isEqualTo(commit);
        assertThat(outcomes.get(2).commit()).as("nothing of it is new").isNull();
        assertThat(outcomes.getFirst().written().ofFiles()).isEqualTo(2);
        assertThat(outcomes.getFirst().written().rowsNewOrChanged()).isEqualTo(2);
        assertThat(outcomes.getFirst().written().days()).containsExactly(LocalDate.parse("2026-03-01"));
        assertThat(lake.ledger(outcomes.get(0)))
                .containsEntry("source_file", "one")
                .containsEntry("commit_requested_at", commit.requested())
                .containsEntry("rows_duplicate", 2L);
        assertThat(lake.ledger(outcomes.get(1)))
                .containsEntry("source_file", "two")
                .containsEntry("commit_completed_at", commit.completed())
                .containsEntry("rows_late", 1L);
        assertThat(lake.ledger(outcomes.get(2))).containsEntry("commit_requested_at", null);
        assertThat(lake.rows("rejected_readings"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("source_file", "two")
                        .containsEntry("file_checksum", outcomes.get(1).checksum())
                        .containsEntry("line", 2L));
        assertThat(reading("a")).containsEntry("source_file", "one");
        assertThat(reading("b")).containsEntry("source_file", "before");
        assertThat(reading("d"))
                .containsEntry("source_file", "two")
                .containsEntry("file_checksum", outcomes.get(1).checksum());
    }

    @Test
    void tellsOfEachChangeWhichOfTheFilesMadeIt() {
        lake.ingest("before", line("a", "1", NOON), line("b", "1", NOON));
        ingest(
                lake.file("one", List.of(line("a", "2", LATER), line("b", "2", "2026-03-05T12:30:00Z"))),
                lake.file("two", List.of(line("b", "3", LATER))));

        assertThat(lake.rows("reading_changes"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).containsEntry("old_source_file", "before"))
                .extracting(row -> row.get("meter_id") + " by " + row.get("new_source_file"))
                .containsExactlyInAnyOrder("a by one", "b by two");
    }

    @Test
    void leavesOutAVoidFileAndTakesTheOthers() {
        List<IngestOutcome> outcomes = ingest(
                lake.file("one", List.of(line("a", "1", NOON))),
                lake.write("broken", List.of(line("b", "1", NOON).text(), "void")),
                lake.write("refused", List.of("reject this")),
                lake.file("two", List.of(line("c", "1", NOON))));

        assertThat(outcomes)
                .extracting(IngestOutcome::status)
                .containsExactly(Status.INGESTED, Status.REJECTED, Status.REJECTED, Status.INGESTED);
        assertThat(commits("meter_readings")).isEqualTo(1);
        assertThat(lake.readings()).extracting(row -> row.get("meter_id")).containsExactlyInAnyOrder("a", "c");
        assertThat(lake.rows("ingested_files")).hasSize(4);
        assertThat(lake.ledger(outcomes.get(1))).containsEntry("status", "rejected");
    }

    @Test
    void takesTheFilesBeforeOneThatIsNotThere() {
        Path one = lake.file("one", List.of(line("a", "1", NOON)));
        Path two = lake.file("two", List.of(line("b", "1", NOON)));
        Path gone = one.resolveSibling("gone");
        Path three = lake.file("three", List.of(line("c", "1", NOON)));
        List<IngestOutcome> told = new ArrayList<>();
        Ingest ingest = new Ingest(lake.lake(), new IngestListener() {
            @Override
            public void finished(IngestOutcome outcome) {
                told.add(outcome);
            }
        });

        assertThatThrownBy(() -> ingest.ingest(requests(List.of(one, two, gone, three))))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("gone");
        assertThat(told).extracting(IngestOutcome::file).containsExactly(one, two);
        assertThat(lake.readings()).extracting(row -> row.get("meter_id")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void takesTheSameFileOnce() {
        List<IngestOutcome> outcomes = ingest(
                lake.file("one", List.of(line("a", "1", NOON))),
                lake.file("copy", List.of(line("a", "1", NOON))),
                lake.write("broken", List.of("void")),
                lake.write("broken copy", List.of("void")));
        assertThat(outcomes)
                .extracting(IngestOutcome::status)
                .containsExactly(Status.INGESTED, Status.ALREADY_INGESTED, Status.REJECTED, Status.REJECTED);
        assertThat(commits("meter_readings")).isEqualTo(1);
        assertThat(lake.rows("ingested_files")).hasSize(2);
    }

    @Test
    void takesTheZoneOfAChannelFromAFileBefore() {
        // At half past midnight in Berlin it is still the day before in UTC.
        Line berlin = Line.of("a", "2026-03-01T23:30:00Z", "1", NOON);
        List<IngestOutcome> outcomes = ingest(
                lake.file("one", List.of(berlin)),
                lake.file("none", List.of(berlin.zone("").value("2").recordedAt(LATER))),
                lake.file("other", List.of(berlin.zone("Asia/Tokyo").value("3").recordedAt(LATER))),
                lake.file("more", List.of(line("b", "1", NOON))));

        assertThat(lake.readings())
                .filteredOn(row -> "a".equals(row.get("meter_id")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("time_zone", "Europe/Berlin")
                        .containsEntry("reading_date", LocalDate.parse("2026-03-02"))
                        .containsEntry("source_file", "none"));
        assertThat(outcomes.get(2).status()).isEqualTo(Status.REJECTED);
        assertThat(outcomes.get(3).rowsNew()).isEqualTo(1);
    }

    @Test
    void readsFilesWithoutAZoneAgainWhenTheLakeKnowsIt() {
        Line berlin = Line.of("a", "2026-03-01T23:30:00Z", "1", NOON);
        lake.ingest("before", berlin);
        List<IngestOutcome> outcomes = ingest(
                lake.file("new", List.of(berlin.channel("E2").zone(""))),
                lake.file("known", List.of(berlin.zone("").value("2").recordedAt(LATER))),
                lake.write("broken", List.of("void")),
                lake.file("berlin", List.of(line("b", "1", NOON))));

        assertThat(commits("meter_readings")).isEqualTo(2);
        assertThat(outcomes.get(1).rowsChanged()).isEqualTo(1);
        assertThat(lake.readings())
                .extracting(row -> row.get("channel") + " " + row.get("time_zone"))
                .containsExactlyInAnyOrder("E1 Europe/Berlin", "E2 UTC", "E1 Europe/Berlin");
    }

    @Test
    void keepsAUtilityThatALaterFileDoesNotSay() {
        ingest(
                lake.file("signed", List.of(line("a", "1", NOON))),
                lake.file("unsigned", List.of(line("a", "2", LATER), line("b", "1", LATER))),
                lake.file("signed too", List.of(line("b", "2", NOON))));
        assertThat(reading("a")).containsEntry("source_file", "unsigned").containsEntry("utility", "acme");
        assertThat(reading("b")).containsEntry("source_file", "unsigned").containsEntry("utility", null);
    }

    @Test
    void endsABatchWhereItGetsTooLarge() {
        List<Path> files = IntStream.range(0, 6)
                .mapToObj(i -> lake.file("file" + i, List.of(line("m" + i, "1", NOON))))
                .toList();
        new Ingest(lake.lake(), IngestListener.NONE)
                .with(new BatchLimit(4, 1_000_000, 1_000_000))
                .ingest(requests(files.subList(0, 5)));
        assertThat(commits("meter_readings")).isEqualTo(2);
        new Ingest(lake.lake(), IngestListener.NONE).oneByOne().ingest(requests(files));
        assertThat(commits("meter_readings")).isEqualTo(3);
        assertThat(new BatchLimit(9, 100, 10).admits(60, 1, 50, 0)).isFalse();
        assertThat(new BatchLimit(9, 100, 10).admits(50, 1, 50, 10)).isFalse();
        assertThat(new BatchLimit(9, 100, 10).admits(50, 1, 50, 9)).isTrue();
        assertThat(new BatchLimit(9, 100, 10).admits(5000, 0, 0, 0)).isTrue();
    }

    @Test
    void endsABatchWhereItsRejectsTakeTheMemoryOfTooManyReadings() {
        List<Path> files = IntStream.range(0, 6)
                .mapToObj(i -> lake.write("file" + i, List.of("reject this " + i, "reject that")))
                .toList();
        List<IngestOutcome> outcomes = new Ingest(lake.lake(), IngestListener.NONE)
                // The rejects of one file take less, those of two files more.
                .with(new BatchLimit(9, 1_000_000, 200))
                .ingest(requests(files));

        assertThat(outcomes).extracting(IngestOutcome::rowsRejected).containsOnly(2L);
        assertThat(commits("rejected_readings")).isEqualTo(3);
        assertThat(commits("ingested_files")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"32, 4, 100000, 1000", "33, 100, 150, 7"})
    void holdsWhatTheModelSaysAfterBatchesOfAnySize(long seed, int files, long readings, int atOnce) {
        Deliveries deliveries = new Deliveries(seed);
        Model model = new Model();
        Ingest ingest = new Ingest(lake.lake(), IngestListener.NONE, new MemoryBudget(atOnce, 100))
                .with(new BatchLimit(files, 1_000_000, readings));
        for (int round = 0; round < 2; round++) {
            int before = model.size();
            List<List<Line>> contents = new ArrayList<>();
            List<Path> paths = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                contents.add(deliveries.next(1 + deliveries.number(120)));
                paths.add(lake.file("file" + round + i, contents.getLast()));
            }
            List<IngestOutcome> outcomes = ingest.ingest(requests(paths));
            for (int i = 0; i < 6; i++) {
                model.ingest("file" + round + i, contents.get(i), lake.receivedAt(outcomes.get(i)));
            }
            assertThat(TableReader.readings(lake.lake()))
                    .as("after round %d", round)
                    .isEqualTo(model.columns());
            assertThat(outcomes.stream().mapToLong(IngestOutcome::rowsNew).sum())
                    .isEqualTo(model.size() - before);
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.rowsNew()
                                    + outcome.rowsChanged()
                                    + outcome.rowsUnchanged()
                                    + outcome.rowsLate()
                                    + outcome.rowsDuplicate())
                            .isEqualTo(outcome.rowsRead()));
        }
        assertLeadToWhatStands();
    }

    /** Of the changes that were recorded last of an interval, one says what stands. */
    private void assertLeadToWhatStands() {
        List<Model.Change> changes = TableReader.changes(lake.lake());
        assertThat(changes).isNotEmpty();
        Map<String, Map<String, @Nullable Object>> readings = TableReader.readings(lake.lake());
        Map<String, List<Model.Change>> byKey = changes.stream().collect(Collectors.groupingBy(Model.Change::key));
        byKey.forEach((key, ofKey) -> {
            Map<String, @Nullable Object> stands = Objects.requireNonNull(readings.get(key));
            Instant last = ofKey.stream()
                    .map(Model.Change::newRecordedAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(ofKey)
                    .filteredOn(change -> change.newRecordedAt().equals(last))
                    .as("changes of %s, of which one is %s", key, stands)
                    .anySatisfy(change -> {
                        assertThat(change.newValue()).isEqualTo(stands.get("value"));
                        assertThat(change.newQuality()).isEqualTo(stands.get("quality"));
                    });
        });
    }

    @Test
    void isTheSameTableWhateverTheOrderAndTheSplitOfTheFilesAndTheirBatches() {
        long seed = 41;
        List<Line> lines = new Deliveries(seed).nextOfDistinctTimes(1200);
        Model model = new Model();
        model.ingest("all", lines, Instant.EPOCH);
        Random random = new Random(seed);
        for (int files : List.of(1, 5, 40)) {
            List<Line> shuffled = new ArrayList<>(lines);
            Collections.shuffle(shuffled, random);
            try (TestLake other = new TestLake(folder.resolve("in" + files))) {
                List<Path> paths = new ArrayList<>();
                int from = 0;
                for (int file = 1; file <= files; file++) {
                    int to = file == files ? lines.size() : Math.min(lines.size(), from + random.nextInt(60));
                    paths.add(other.file("part" + file, shuffled.subList(from, to)));
                    from = to;
                }
                new Ingest(other.lake(), IngestListener.NONE)
                        .with(new BatchLimit(12, 1_000_000, 1_000_000))
                        .ingest(requests(paths));
                assertThat(Model.withoutOrigins(TableReader.readings(other.lake())))
                        .as("in %d files", files)
                        .isEqualTo(Model.withoutOrigins(model.columns()));
            }
        }
    }
}
