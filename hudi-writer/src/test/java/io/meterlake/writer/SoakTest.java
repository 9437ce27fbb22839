package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.testing.LakeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many commits: in one process, and in several that wait for each other. Hudi cleans and archives on the way. */
class SoakTest {
    private static final int IN_ONE_PROCESS = 18;
    private static final int IN_OTHERS = 4;
    private static final int ACTIVE = 5;
    /** Hudi archives when the active timeline has more commits than this. */
    private static final int MOST_ACTIVE = 7;

    @TempDir
    Path folder;

    @Test
    void staysRightOverMoreCommitsThanTheTimelineKeeps() throws InterruptedException {
        Model model = new Model();
        List<List<Line>> contents = contents();
        for (int i = 0; i < contents.size(); i++) {
            model.ingest("file" + i, contents.get(i), Instant.EPOCH);
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, contents.size()).boxed().toList());
        Collections.shuffle(order, new Random(5));
        try (TestLake lake =
                new TestLake(folder, config -> config.withRetentionHours(0).withActiveCommits(ACTIVE))) {
            List<Path> files = order.stream()
                    .map(file -> lake.file("file" + file, contents.get(file)))
                    .toList();
            int commits = 0;
            for (Path file : files.subList(0, IN_ONE_PROCESS)) {
                commits += lake.ingest(file).commit() == null ? 0 : 1;
            }
            assertThat(commits).as("commits in one process").isGreaterThan(2 * MOST_ACTIVE - 1);
            inProcesses(lake, files.subList(IN_ONE_PROCESS, files.size()));

            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
            assertThat(lake.rows("ingested_files")).hasSize(files.size());
            assertCleanedAndArchived(lake, "meter_readings");
            assertCleanedAndArchived(lake, "ingested_files");
            // A file from before what the timeline still has is known by the ledger.
            lake.reopen();
            assertThat(lake.ingest(files.getFirst()).status()).isEqualTo(IngestOutcome.Status.ALREADY_INGESTED);
        }
    }

    private static List<List<Line>> contents() {
        Deliveries deliveries = new Deliveries(4);
        return IntStream.range(0, IN_ONE_PROCESS + IN_OTHERS)
                .mapToObj(file -> deliveries.nextOfDistinctTimes(8))
                .toList();
    }

    /** Two at a time: whichever is first, the other waits. */
    private static void inProcesses(TestLake lake, List<Path> files) throws InterruptedException {
        for (int i = 0; i < files.size(); i += 2) {
            try (LakeProcess one = start(lake, files.get(i));
                    LakeProcess other = start(lake, files.get(i + 1))) {
                one.awaitEnd();
                other.awaitEnd();
            }
        }
    }

    private static LakeProcess start(TestLake lake, Path file) {
        return LakeProcess.start(lake.config(), IngestWork.class, List.of(file.toString()));
    }

    private static void assertCleanedAndArchived(TestLake lake, String table) {
        List<CompletedInstant> active = lake.lake().completedInstants(table);
        assertThat(active)
                .as("active commits of %s", table)
                .filteredOn(instant -> instant.action().equals("commit"))
                .hasSizeBetween(1, MOST_ACTIVE + 1);
        assertThat(active)
                .as("cleans of %s", table)
                .anyMatch(instant -> instant.action().equals("clean"));
        Path tableFolder = lake.lake().table(table).folder();
        assertThat(names(tableFolder.resolve(".hoodie/timeline/history")))
                .as("archived timeline of %s", table)
                .anyMatch(name -> name.endsWith(".parquet"));
        List<String> baseFiles = names(tableFolder).stream()
                .filter(name -> name.endsWith(".parquet"))
                .toList();
        long groups = baseFiles.stream()
                .map(name -> name.substring(0, name.indexOf('_')))
                .distinct()
                .count();
        // Each commit replaced some; without cleaning there would be several times as many.
        assertThat(baseFiles).as("base files of %s", table).hasSizeLessThanOrEqualTo((int) (2 * groups + 2));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            folder.endsWith("history") || !file.toString().contains("/.hoodie/"))
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
