package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.MissingFile;
import io.meterlake.lake.WriterLock;
import io.meterlake.writer.IngestOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base file is taken away, which Hudi's readers do not notice where there is an older one of the same file group. */
class MissingFilesTest {
    private static final String DAY = "reading_date=2026-03-02";

    @TempDir
    Path folder;

    private TestLake lake;
    private Map<String, Map<String, @Nullable Object>> whole = Map.of();
    private String lastCommit = "";

    @BeforeEach
    void correctADayAndThenGoOnWithOthers() {
        lake = new TestLake(folder, config -> config.withBuckets(1));
        lake.ingest(lake.file("first", lines("02", "1", "2026-03-05T00:00:00Z")));
        IngestOutcome corrected = lake.ingest(lake.file("second", lines("02", "2", "2026-03-06T00:00:00Z")));
        lastCommit = requireNonNull(corrected.commit()).requested();
        lake.ingest(lake.file("third", lines("03", "3", "2026-03-06T00:00:00Z")));
        lake.ingest(lake.file("fourth", lines("04", "4", "2026-03-06T00:00:00Z")));
        whole = TableReader.readings(lake.lake());
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static List<Line> lines(String day, String value, String recordedAt) {
        return IntStream.range(0, 8)
                .mapToObj(i -> Line.of("meter-" + i % 2, "2026-03-" + day + "T1" + i + ":00:00Z", value, recordedAt))
                .toList();
    }

    @Test
    void findsNothingMissingInAWholeLake() {
        assertThat(CommittedFiles.missing(lake.config())).isEmpty();
    }

    @Test
    void refusesToMergeWithTheFileBeforeTheOneThatIsMissing() throws IOException {
        Path newest = newest(DAY);
        Path backup = takeAway(newest);
        assertThat(TableReader.readings(lake.lake()))
                .as("what readers see without a word")
                .isNotEqualTo(whole)
                .hasSameSizeAs(whole);

        Path correction =
                lake.file("correction", lines("02", "9", "2026-03-07T00:00:00Z").subList(0, 1));
        assertRefused(correction, newest);
        assertThat(CommittedFiles.missing(lake.config()))
                .containsExactly(new MissingFile(
                        "meter_readings", "meter_readings/" + DAY + "/" + newest.getFileName(), lastCommit));

        bringBack(backup, newest);
        assertThat(TableReader.readings(lake.lake())).isEqualTo(whole);
        assertThat(lake.ingest(correction).rowsChanged()).isOne();
        assertThat(CommittedFiles.missing(lake.config())).isEmpty();
    }

    @Test
    void goesOnWithDaysOfWhichNothingIsMissing() throws IOException {
        takeAway(newest(DAY));

        assertThat(lake.ingest(lake.file("more", lines("03", "9", "2026-03-07T00:00:00Z")))
                        .rowsChanged())
                .isEqualTo(8);
        assertThat(lake.ingest(lake.file("new day", lines("05", "9", "2026-03-07T00:00:00Z")))
                        .rowsNew())
                .isEqualTo(8);
    }

    @Test
    void noticesADayWhoseOnlyFileIsMissing() throws IOException {
        Path only = newest("reading_date=2026-03-03");
        takeAway(only);

        assertRefused(lake.file("more", lines("03", "9", "2026-03-07T00:00:00Z")), only);
    }

    @Test
    void noticesADayWhoseWholeFolderIsMissing() throws IOException {
        Path only = newest("reading_date=2026-03-03");
        takeAwayAll(requireNonNull(only.getParent()));
        lake.reopen();

        assertRefused(lake.file("more", lines("03", "9", "2026-03-07T00:00:00Z")), only);
    }

    @Test
    void goesOnFromWhatIsThereIfItIsTold() throws IOException {
        takeAway(newest(DAY));
        Path correction =
                lake.file("correction", lines("02", "9", "2026-03-07T00:00:00Z").subList(0, 1));

        IngestOutcome outcome = new Ingest(lake.lake(), IngestListener.NONE)
                .withoutMissingFiles()
                .ingest(new IngestRequest(correction, "", LineFormat.INSTANCE));

        assertThat(outcome.status()).isEqualTo(Status.INGESTED);
        assertThat(CommittedFiles.missing(lake.config()))
                .as("a later file has taken its place")
                .isEmpty();
        assertThat(lake.ingest(lake.file("another", lines("02", "10", "2026-03-08T00:00:00Z")))
                        .status())
                .isEqualTo(Status.INGESTED);
    }

    @Test
    void takesThePlaceOfAnOnlyFileAlsoIfThatComesBackLater() throws IOException {
        Path only = newest("reading_date=2026-03-03");
        Path backup = takeAway(only);
        Path again = lake.file("again", lines("03", "9", "2026-03-07T00:00:00Z"));
        IngestOutcome outcome = new Ingest(lake.lake(), IngestListener.NONE)
                .withoutMissingFiles()
                .ingest(new IngestRequest(again, "", LineFormat.INSTANCE));

        assertThat(outcome.rowsNew()).isEqualTo(8);
        assertThat(CommittedFiles.missing(lake.config())).isEmpty();
        Map<String, Map<String, @Nullable Object>> now = TableReader.readings(lake.lake());
        bringBack(backup, only);
        assertThat(TableReader.readings(lake.lake()))
                .as("it is an earlier file of the same group")
                .isEqualTo(now);
        assertThat(lake.ingest(lake.file("more", lines("03", "10", "2026-03-08T00:00:00Z")))
                        .rowsChanged())
                .isEqualTo(8);
    }

    @Test
    void findsWhatOnlyASavepointKeeps() throws IOException {
        Path replaced = newest(DAY);
        try (WriterLock lock = lake.lake().lock();
                HoodieJavaWriteClient<?> client =
                        lake.lake().table("meter_readings").writeClient()) {
            requireNonNull(lock);
            client.savepoint(lastCommit, "test", "kept");
        }
        lake.ingest(lake.file("later", lines("02", "9", "2026-03-07T00:00:00Z")));
        takeAway(replaced);

        assertThat(CommittedFiles.missing(lake.config()))
                .extracting(MissingFile::commit)
                .containsExactly(lastCommit);
        assertThat(lake.ingest(lake.file("last", lines("02", "10", "2026-03-08T00:00:00Z")))
                        .status())
                .as("no reading is lost by what is replaced already")
                .isEqualTo(Status.INGESTED);
    }

    private void assertRefused(Path file, Path missing) {
        Map<String, Map<String, @Nullable Object>> before = TableReader.readings(lake.lake());
        MeterlakeException refused = catchThrowableOfType(MeterlakeException.class, () -> lake.ingest(file));

        assertThat(refused.code()).isEqualTo(LakeErrorCode.MISSING_BASE_FILE);
        assertThat(refused.code().exitCode()).isEqualTo(ExitCode.FAILED);
        String name = String.valueOf(missing.getFileName());
        assertThat(refused)
                .hasMessageContaining(name)
                .hasMessageContaining(name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf('.')));
        assertThat(refused.hint()).contains("backup").contains("--without-missing-files");
        assertThat(TableReader.readings(lake.lake())).isEqualTo(before);
    }

    private Path newest(String day) throws IOException {
        try (Stream<Path> files =
                Files.list(lake.lake().table("meter_readings").folder().resolve(day))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .max(Comparator.comparing(MissingFilesTest::commit))
                    .orElseThrow();
        }
    }

    private static String commit(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf('.'));
    }

    /** Not by {@code Files.move}: between a bucket and a disk it asks for attributes that a bucket has not. */
    private Path takeAway(Path path) throws IOException {
        Path backup = Files.write(folder.resolve("backup of " + path.getFileName()), Files.readAllBytes(path));
        Files.delete(path);
        return backup;
    }

    private static void bringBack(Path backup, Path path) throws IOException {
        Files.write(path, Files.readAllBytes(backup));
        Files.delete(backup);
    }

    private static void takeAwayAll(Path day) throws IOException {
        List<Path> inside = new ArrayList<>();
        try (Stream<Path> found = Files.walk(day)) {
            found.forEach(inside::add);
        }
        // A bucket has no folders: one without files is gone by itself.
        for (Path one : inside.reversed()) {
            Files.deleteIfExists(one);
        }
    }
}
