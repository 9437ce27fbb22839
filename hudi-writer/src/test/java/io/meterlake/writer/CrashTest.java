package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import io.meterlake.testing.LakeProcess;
import io.meterlake.writer.IngestOutcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that ingests is killed; what readers see then, and what the next process makes of it. */
class CrashTest {
    private static final Instant NEVER_USED = Instant.EPOCH;
    private static final int KILLS = 4;
    private static final int FILES_A_RUN = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void showsAllOrNothingAndIsCompletedByTheNextRunWhenKilledAt(IngestStep step) {
        try (TestLake lake = new TestLake(folder)) {
            List<Line> first = lines("2026-03-01T22:00:00Z", "1", "2026-03-05T00:00:00Z");
            // Corrects half of the first file, begins a new day, and has a line that is refused.
            List<Line> second = lines("2026-03-02T22:00:00Z", "2", "2026-03-06T00:00:00Z");
            List<String> secondText =
                    new ArrayList<>(second.stream().map(Line::text).toList());
            secondText.add("reject this");
            lake.ingest(lake.file("first", first));
            Path file = lake.write("second", secondText);

            Model before = new Model();
            before.ingest("first", first, NEVER_USED);
            Model after = before.copy();
            Model.Counts ofSecond = after.ingest("second", second, NEVER_USED);
            assertThat(after.changes()).isNotEmpty();
            boolean committed = step.compareTo(IngestStep.COMMITTED) >= 0;
            Model visible = committed ? after : before;

            Model visibleChanges = step.compareTo(IngestStep.CHANGES_COMMITTED) < 0 ? before : after;

            try (LakeProcess process =
                    LakeProcess.startAndStopAt(lake.config(), IngestWork.class, step, 0, List.of(file.toString()))) {
                assertThat(process).isNotNull();
                assertShows(lake, visible, visibleChanges, "while the writer stands at " + step);
            }
            assertShows(lake, visible, visibleChanges, "after the kill at " + step);

            // The next run may bring anything: first what has nothing to do with the file that was cut off.
            List<Line> other = List.of(Line.of("other", "2026-03-02T10:00:00Z", "1", "2026-03-05T00:00:00Z"));
            lake.reopen();
            lake.ingest(lake.file("other", other));
            visible.ingest("other", other, NEVER_USED);
            assertShows(lake, visible, visible, "after a run with another file");
            IngestOutcome outcome = lake.ingest(file);
            Model.Counts counts = committed ? ofSecond : visible.ingest("second", second, NEVER_USED);

            assertThat(outcome.status()).isEqualTo(committed ? Status.ALREADY_INGESTED : Status.INGESTED);
            assertThat(Model.Counts.of(outcome)).isEqualTo(counts).isEqualTo(ofSecond);
            assertShows(lake, visible, visible, "after the next run");
            assertOnceInTheLedger(lake, outcome);
            assertThat(lake.rows("rejected_readings"))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("file_checksum", outcome.checksum())
                            .containsEntry("line", (long) secondText.size())
                            .containsEntry("raw_text", "reject this"));
            List<Line> third = lines("2026-03-02T22:00:00Z", "3", "2026-03-07T00:00:00Z");
            lake.ingest(lake.file("third", third));
            visible.ingest("third", third, NEVER_USED);
            assertShows(lake, visible, visible, "after one more correction");
            assertNothingIsLeft(lake);
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsAllFilesOfABatchOrNoneWhenKilledAt(IngestStep step) {
        try (TestLake lake = new TestLake(folder)) {
            Model before = new Model();
            List<Line> first = lines("2026-03-01T22:00:00Z", "1", "2026-03-05T00:00:00Z");
            lake.ingest(lake.file("first", first));
            before.ingest("first", first, NEVER_USED);
            Model after = before.copy();
            List<Line> one = lines("2026-03-02T22:00:00Z", "2", "2026-03-06T00:00:00Z");
            List<Line> two = List.of(Line.of("other", "2026-03-02T10:00:00Z", "1", "2026-03-05T00:00:00Z"));
            after.ingest("one", one, NEVER_USED);
            after.ingest("two", two, NEVER_USED);
            List<String> oneText = Stream.concat(one.stream().map(Line::text), Stream.of("reject this"))
                    .toList();
            List<Path> files =
                    List.of(lake.write("one", oneText), lake.write("broken", List.of("void")), lake.file("two", two));
            boolean committed = step.compareTo(IngestStep.COMMITTED) >= 0;
            try (LakeProcess process = LakeProcess.startAndStopAt(
                    lake.config(), IngestWork.class, step, 0, List.of(String.join("\t", paths(files))))) {
                assertThat(process).isNotNull();
            }
            Model changes = step.compareTo(IngestStep.CHANGES_COMMITTED) >= 0 ? after : before;
            assertShows(lake, committed ? after : before, changes, "after the kill at " + step);

            lake.reopen();
            List<IngestOutcome> outcomes = new Ingest(lake.lake(), IngestListener.NONE)
                    .ingest(files.stream()
                            .map(file -> new IngestRequest(file, "", LineFormat.INSTANCE))
                            .toList());
            Status expected = committed ? Status.ALREADY_INGESTED : Status.INGESTED;
            assertThat(outcomes).extracting(IngestOutcome::status).containsExactly(expected, Status.REJECTED, expected);
            assertShows(lake, after, after, "after the next run");
            assertThat(lake.rows("rejected_readings"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("source_file", "one"));
            assertThat(lake.rows("ingested_files")).hasSize(4);
            assertThat(lake.rows("ingested_files"))
                    .filteredOn(row -> List.of("one", "two").contains(row.get("source_file")))
                    .extracting(row -> row.get("commit_requested_at"))
                    .doesNotContainNull()
                    .hasSize(2)
                    .containsOnly(
                            outcomes.getFirst().commit() == null
                                    ? null
                                    : outcomes.getFirst().commit().requested());
            assertNothingIsLeft(lake);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGES_WRITTEN", "COMMITTED", "CHANGES_COMMITTED", "LEDGER_WRITTEN"})
    void doesNotTakeAFileForTheLastOneThatALaterOfItsBatchReplacedWhenKilledAt(IngestStep step) {
        try (TestLake lake = new TestLake(folder)) {
            List<Line> first = lines("2026-03-01T22:00:00Z", "1", "2026-03-05T00:00:00Z");
            lake.ingest(lake.file("first", first));
            // Without times of recording the one that comes later wins, and whole of the one before.
            List<Line> wrong = lines("2026-03-01T22:00:00Z", "2", "2026-03-05T00:00:00Z").stream()
                    .map(line -> line.recordedAt(null))
                    .toList();
            List<Line> right = wrong.stream().map(line -> line.value("3")).toList();
            List<Path> files = List.of(lake.file("wrong", wrong), lake.file("right", right));
            try (LakeProcess process = LakeProcess.startAndStopAt(
                    lake.config(), IngestWork.class, step, 0, List.of(String.join("\t", paths(files))))) {
                assertThat(process).isNotNull();
            }

            lake.reopen();
            List<IngestOutcome> outcomes = new Ingest(lake.lake(), IngestListener.NONE)
                    .ingest(files.stream()
                            .map(file -> new IngestRequest(file, "", LineFormat.INSTANCE))
                            .toList());
            boolean committed = step.compareTo(IngestStep.COMMITTED) >= 0;
            Status expected = committed ? Status.ALREADY_INGESTED : Status.INGESTED;
            assertThat(outcomes).extracting(IngestOutcome::status).containsExactly(expected, expected);
            assertThat(lake.readings())
                    .hasSize(48)
                    .extracting(row -> row.get("value"))
                    .containsOnly(new BigDecimal("3.000000"));
            assertThat(lake.rows("reading_changes")).hasSize(48);
            assertThat(lake.rows("ingested_files"))
                    .hasSize(3)
                    .filteredOn(row -> "wrong".equals(row.get("source_file")))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("rows_duplicate", 48L)
                            .containsEntry("commit_requested_at", null));
            assertNothingIsLeft(lake);
        }
    }

    private static void assertShows(TestLake lake, Model readings, Model changes, String when) {
        assertThat(TableReader.readings(lake.lake())).as(when).isEqualTo(readings.columns());
        assertThat(TableReader.changes(lake.lake())).as(when).containsExactlyInAnyOrderElementsOf(changes.changes());
    }

    /** Meters enough for both buckets, each with an hour on either side of a midnight of Berlin. */
    private static List<Line> lines(String from, String value, String recordedAt) {
        return IntStream.range(0, 48)
                .mapToObj(i -> Line.of(
                        "meter-" + i / 8,
                        Instant.parse(from).plusSeconds(i % 8 * 3600L * 4).toString(),
                        value,
                        recordedAt))
                .toList();
    }

    @Test
    void isRightAfterAnyNumberOfKillsAtRandomMoments() throws InterruptedException {
        Deliveries deliveries = new Deliveries(20260301);
        List<List<Line>> contents = IntStream.range(0, KILLS * FILES_A_RUN)
                .mapToObj(i -> deliveries.nextOfDistinctTimes(10))
                .toList();
        long duration = uninterrupted(contents.subList(0, FILES_A_RUN));
        Random random = new Random(6);
        List<Model> states = states(contents);
        try (TestLake lake = new TestLake(folder.resolve("killed"))) {
            List<Path> files = IntStream.range(0, contents.size())
                    .mapToObj(i -> lake.file("file" + i, contents.get(i)))
                    .toList();
            int done = 0;
            int inTheMiddle = 0;
            for (int round = 0; round < KILLS; round++) {
                int to = Math.min(files.size(), done + FILES_A_RUN);
                // The last one that is there is sent again.
                List<Path> delivered = files.subList(Math.max(0, done - 1), to);
                try (LakeProcess process = LakeProcess.start(lake.config(), IngestWork.class, paths(delivered))) {
                    process.awaitBegin();
                    process.killAfter(random.nextLong(duration));
                }
                int reached = stateOf(TableReader.readings(lake.lake()), states, done, to);
                assertThat(TableReader.changes(lake.lake()))
                        .as("the changes of the first %d files, or not yet those of the last of them", reached)
                        .satisfiesAnyOf(
                                changes -> assertFit(changes, states.get(reached)),
                                changes -> assertFit(changes, states.get(Math.max(0, reached - 1))));
                if (reached < to) {
                    inTheMiddle++;
                } else {
                    // It was through before it was killed: the machine is faster by now than when the time was taken.
                    duration = duration / 2 + 1;
                }
                done = reached;
            }
            assertThat(inTheMiddle).as("runs that were killed before their end").isPositive();
            lake.reopen();
            files.forEach(lake::ingest);

            assertShows(lake, states.getLast(), states.getLast(), "in the end");
            assertThat(states.getLast().changes()).isNotEmpty();
            assertThat(lake.rows("ingested_files"))
                    .hasSize(files.size())
                    .allSatisfy(row -> assertThat(row).containsEntry("status", "ingested"));
            assertNothingIsLeft(lake);
        }
    }

    private static void assertFit(List<? extends Model.Change> changes, Model model) {
        assertThat(List.<Model.Change>copyOf(changes)).containsExactlyInAnyOrderElementsOf(model.changes());
    }

    private static List<String> paths(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }

    /** How long a process needs for some files. */
    private long uninterrupted(List<List<Line>> contents) throws InterruptedException {
        try (TestLake lake = new TestLake(folder.resolve("measured"))) {
            List<Path> files = IntStream.range(0, contents.size())
                    .mapToObj(i -> lake.file("file" + i, contents.get(i)))
                    .toList();
            try (LakeProcess process = LakeProcess.start(lake.config(), IngestWork.class, paths(files))) {
                process.awaitBegin();
                long begin = System.nanoTime();
                process.awaitEnd();
                return System.nanoTime() - begin;
            }
        }
    }

    private static List<Model> states(List<List<Line>> contents) {
        List<Model> states = new ArrayList<>(List.of(new Model()));
        for (int i = 0; i < contents.size(); i++) {
            Model next = states.getLast().copy();
            next.ingest("file" + i, contents.get(i), NEVER_USED);
            states.add(next);
        }
        return states;
    }

    /** After how many files the table looks like this. */
    private static int stateOf(
            Map<String, Map<String, @Nullable Object>> readings, List<Model> states, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .filter(files -> states.get(files).columns().equals(readings))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the table is not as it was after any file from " + from + " to "
                        + to + ": a part of a file is visible, or a file is lost"));
    }

    private static void assertOnceInTheLedger(TestLake lake, IngestOutcome outcome) {
        assertThat(lake.rows("ingested_files")).hasSize(3).allSatisfy(row -> {
            CompletedInstant commit = new CompletedInstant(
                    "commit",
                    String.valueOf(row.get("commit_requested_at")),
                    String.valueOf(row.get("commit_completed_at")));
            assertThat(lake.lake().completedInstants("meter_readings")).contains(commit);
        });
        assertThat(lake.rows("ingested_files"))
                .filteredOn(row -> outcome.checksum().equals(row.get("file_checksum")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("source_file", "second")
                        .containsEntry("rows_rejected", 1L)
                        .containsEntry("rows_read", outcome.rowsRead())
                        .containsEntry("rows_changed", outcome.rowsChanged()));
    }

    /** No half-done action on any timeline, and no base file that no commit names. */
    private static void assertNothingIsLeft(TestLake lake) {
        for (TableDefinition table : LakeTables.ALL) {
            assertThat(lake.lake()
                            .table(table.name())
                            .metaClient()
                            .getActiveTimeline()
                            .filterInflightsAndRequested()
                            .getInstants())
                    .as("half-done actions of %s", table.name())
                    .isEmpty();
        }
        for (String table : List.of("meter_readings", "reading_changes")) {
            assertThat(lake.lake().table(table).folder().resolve(".hoodie/.temp"))
                    .as("markers of %s", table)
                    .isEmptyDirectory();
            Set<String> commits = lake.lake().completedInstants(table).stream()
                    .map(CompletedInstant::requested)
                    .collect(Collectors.toSet());
            assertThat(baseFiles(lake, table))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(commits)
                            .as("the commit of %s", name)
                            .contains(name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf('.'))));
        }
    }

    private static List<String> baseFiles(TestLake lake, String table) {
        try (Stream<Path> files = Files.walk(lake.lake().table(table).folder())) {
            return files.map(file -> requireNonNull(file.getFileName()).toString())
                    .filter(name -> name.endsWith(".parquet"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
