package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import io.meterlake.writer.IngestOutcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            Model.Counts counts = after.ingest("second", second, NEVER_USED);
            Model visible = step.compareTo(IngestStep.COMMITTED) < 0 ? before : after;

            try (IngestProcess process = IngestProcess.start(lake.config(), Optional.of(step), List.of(file))) {
                process.awaitStop(step);
                assertThat(TableReader.readings(lake.lake()))
                        .as("while the writer stands at %s", step)
                        .isEqualTo(visible.columns());
            }
            assertThat(TableReader.readings(lake.lake()))
                    .as("after the kill at %s", step)
                    .isEqualTo(visible.columns());

            lake.reopen();
            IngestOutcome outcome = lake.ingest(file);

            assertThat(outcome.status())
                    .isEqualTo(step.compareTo(IngestStep.COMMITTED) < 0 ? Status.INGESTED : Status.ALREADY_INGESTED);
            assertThat(Model.Counts.of(outcome)).isEqualTo(counts);
            assertThat(TableReader.readings(lake.lake()))
                    .as("after the next run")
                    .isEqualTo(after.columns());
            assertOnceInTheLedger(lake, outcome);
            assertThat(lake.rows("rejected_readings"))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("file_checksum", outcome.checksum())
                            .containsEntry("line", (long) secondText.size())
                            .containsEntry("raw_text", "reject this"));
            assertNothingIsLeft(lake);
        }
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
        List<List<Line>> contents = IntStream.range(0, 18)
                .mapToObj(i -> deliveries.nextOfDistinctTimes(15))
                .toList();
        long duration = uninterrupted(contents.subList(0, 3));
        Random random = new Random(6);
        List<Model> states = states(contents);
        try (TestLake lake = new TestLake(folder.resolve("killed"))) {
            List<Path> files = IntStream.range(0, contents.size())
                    .mapToObj(i -> lake.file("file" + i, contents.get(i)))
                    .toList();
            int done = 0;
            int inTheMiddle = 0;
            for (int round = 0; round < 6; round++) {
                int to = Math.min(files.size(), done + 3);
                // The last one that is there is sent again.
                List<Path> delivered = files.subList(Math.max(0, done - 1), to);
                try (IngestProcess process = IngestProcess.start(lake.config(), Optional.empty(), delivered)) {
                    process.awaitBegin();
                    process.killAfter(random.nextLong(duration));
                }
                int reached = stateOf(TableReader.readings(lake.lake()), states, done, to);
                inTheMiddle += reached < to ? 1 : 0;
                done = reached;
            }
            assertThat(inTheMiddle).as("runs that were killed before their end").isPositive();
            lake.reopen();
            files.forEach(lake::ingest);

            assertThat(TableReader.readings(lake.lake()))
                    .isEqualTo(states.getLast().columns());
            assertThat(lake.rows("ingested_files"))
                    .hasSize(files.size())
                    .allSatisfy(row -> assertThat(row).containsEntry("status", "ingested"));
            assertNothingIsLeft(lake);
        }
    }

    /** How long a process needs for some files. */
    private long uninterrupted(List<List<Line>> contents) throws InterruptedException {
        try (TestLake lake = new TestLake(folder.resolve("measured"))) {
            List<Path> files = IntStream.range(0, contents.size())
                    .mapToObj(i -> lake.file("file" + i, contents.get(i)))
                    .toList();
            try (IngestProcess process = IngestProcess.start(lake.config(), Optional.empty(), files)) {
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
        assertThat(lake.rows("ingested_files")).hasSize(2).allSatisfy(row -> {
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
        Set<String> commits = lake.lake().completedInstants("meter_readings").stream()
                .map(CompletedInstant::requested)
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(lake.lake().table("meter_readings").folder())) {
            assertThat(files.map(file -> requireNonNull(file.getFileName()).toString())
                            .filter(name -> name.endsWith(".parquet")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(commits)
                            .as("the commit of %s", name)
                            .contains(name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf('.'))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
