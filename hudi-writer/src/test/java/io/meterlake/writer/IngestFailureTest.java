package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.writer.IngestOutcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk refuses: a file lies where a folder is wanted, which stops root, too. What was there stays to be seen, and
 * once the obstacle is gone the same file goes in.
 */
class IngestFailureTest {
    @TempDir
    Path folder;

    private TestLake lake;
    private Path file;
    private Map<String, Map<String, @Nullable Object>> before = Map.of();
    private Map<String, Map<String, @Nullable Object>> after = Map.of();

    private List<Model.Change> changesAfter = List.of();

    @BeforeEach
    void ingestOneFileAndDeliverAnother() {
        lake = new TestLake(folder);
        List<Line> first = lines("2026-03-01T12:00:00Z", "1", "2026-03-05T00:00:00Z");
        List<Line> second = lines("2026-03-02T12:00:00Z", "2", "2026-03-06T00:00:00Z");
        lake.ingest(lake.file("first", first));
        file = lake.file("second", second);
        Model model = new Model();
        model.ingest("first", first, Instant.EPOCH);
        before = model.columns();
        model.ingest("second", second, Instant.EPOCH);
        after = model.columns();
        changesAfter = model.changes();
        assertThat(changesAfter).isNotEmpty();
    }

    private static List<Line> lines(String from, String value, String recordedAt) {
        return IntStream.range(0, 36)
                .mapToObj(i -> Line.of(
                        "meter-" + i % 3,
                        Instant.parse(from).plusSeconds(i * 3600L).toString(),
                        value,
                        recordedAt))
                .toList();
    }

    /** The metastore has made the days' folders by then. */
    @ParameterizedTest
    @ValueSource(strings = {"meter_readings/reading_date=2026-03-04", "meter_readings/.hoodie/.temp"})
    void showsNothingOfACommitWhoseFilesCannotAllBeWritten(String path) {
        Obstacle obstacle = new Obstacle(lake.config().root().resolve(path), IngestStep.PARTITIONS_REGISTERED);
        MeterlakeException failure = failure(obstacle);

        assertThat(failure.code()).isEqualTo(LakeErrorCode.COMMIT_FAILED);
        assertThat(failure).hasMessageContaining("meter_readings");
        assertThat(failure.hint()).contains("run the command again");
        assertGoesInAfterwards(obstacle, before, Status.INGESTED);
    }

    @Test
    void showsNothingOfAFileWhosePartitionsCannotBeRegistered() {
        Obstacle obstacle =
                new Obstacle(lake.config().root().resolve("meter_readings/reading_date=2026-03-04"), IngestStep.OPENED);
        assertThat(failure(obstacle).code()).isEqualTo(LakeErrorCode.METASTORE_REFUSED);
        assertGoesInAfterwards(obstacle, before, Status.INGESTED);
    }

    @Test
    void showsNothingOfAFileWhoseRejectsCannotBeWritten() {
        file = lake.write("second", List.of("reject this"));
        Obstacle obstacle =
                new Obstacle(lake.config().root().resolve("rejected_readings/.hoodie/.temp"), IngestStep.OPENED);
        MeterlakeException failure = failure(obstacle);

        assertThat(failure.code()).isEqualTo(LakeErrorCode.COMMIT_FAILED);
        assertThat(failure).hasMessageContaining("rejected_readings");
        after = before;
        changesAfter = List.of();
        assertGoesInAfterwards(obstacle, before, Status.REJECTED);
    }

    @Test
    void doesNotSayThatNothingWasTakenInWhenOnlyTheLedgerCouldNotBeWritten() {
        Obstacle obstacle =
                new Obstacle(lake.config().root().resolve("ingested_files/.hoodie/.temp"), IngestStep.OPENED);
        MeterlakeException failure = failure(obstacle);

        assertThat(failure.code()).isEqualTo(LakeErrorCode.COMMIT_UNKNOWN);
        assertThat(failure).hasMessageContaining("second").hasMessageContaining("ingested_files");
        assertGoesInAfterwards(obstacle, after, Status.ALREADY_INGESTED);
    }

    @Test
    void completesWhatAFailureAfterTheCommitLeft() {
        Obstacle obstacle =
                new Obstacle(lake.config().root().resolve("reading_changes/.hoodie/timeline"), IngestStep.COMMITTED);
        assertThat(failure(obstacle).code()).isEqualTo(LakeErrorCode.COMMIT_INCOMPLETE);
        assertThat(TableReader.readings(lake.lake())).as("after the failure").isEqualTo(after);
        obstacle.remove();
        assertThat(TableReader.changes(lake.lake())).isEmpty();
        assertThat(lake.ingest(file).status()).isEqualTo(Status.ALREADY_INGESTED);
        assertInTheEnd();
    }

    @Test
    void keepsTheChangesOfACommitThatItCannotLookUp() {
        IllegalStateException stop = new IllegalStateException("stop here");
        assertThatThrownBy(() -> ingest(at(IngestStep.COMMITTED, stop))).satisfies(thrown -> isCausedBy(thrown, stop));
        Obstacle obstacle =
                new Obstacle(lake.config().root().resolve("meter_readings/.hoodie/timeline"), IngestStep.OPENED);
        obstacle.put();
        assertThat(failure(IngestListener.NONE).code()).isEqualTo(LakeErrorCode.LAKE_STORAGE);
        obstacle.remove();
        assertThat(lake.ingest(file).status()).isEqualTo(Status.ALREADY_INGESTED);
        assertInTheEnd();
    }

    /** What stands, and what led there. */
    private void assertInTheEnd() {
        assertThat(TableReader.readings(lake.lake())).as("in the end").isEqualTo(after);
        assertThat(TableReader.changes(lake.lake())).containsExactlyInAnyOrderElementsOf(changesAfter);
        assertThat(lake.rows("ingested_files")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FILES_WRITTEN", "CHANGES_WRITTEN"})
    void doesNotGuessWhenTheTimelineIsGoneAtTheMomentOfTheCommit(IngestStep step) {
        Obstacle obstacle = new Obstacle(lake.config().root().resolve("meter_readings/.hoodie/timeline"), step);
        assertThat(failure(obstacle).code()).isEqualTo(LakeErrorCode.COMMIT_UNKNOWN);
        obstacle.remove();
        assertThat(TableReader.readings(lake.lake())).isEqualTo(before);
        assertThat(lake.ingest(file).status()).isEqualTo(Status.INGESTED);
        assertInTheEnd();
    }

    @ParameterizedTest
    @EnumSource(names = "REJECTS_WRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void isCompletedByTheNextRunWhenTheListenerEndsItAt(IngestStep step) {
        IllegalStateException stop = new IllegalStateException("stop here");
        assertThatThrownBy(() -> ingest(at(step, stop))).satisfies(thrown -> isCausedBy(thrown, stop));
        boolean committed = step.compareTo(IngestStep.COMMITTED) >= 0;
        assertThat(TableReader.readings(lake.lake())).isEqualTo(committed ? after : before);
        assertThat(lake.ingest(file).status()).isEqualTo(committed ? Status.ALREADY_INGESTED : Status.INGESTED);
        assertInTheEnd();
    }

    /** A wrong mapping rejected it, and is right when the file is tried again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsTheRejectsOfATryThatWasCutOffBeforeTheLedgerHadIt(boolean otherFileBetween) {
        IngestOutcome refused = lake.ingest(lake.write("refused", List.of("reject this")));
        IllegalStateException stop = new IllegalStateException("stop here");
        assertThatThrownBy(() -> new Ingest(lake.lake(), at(IngestStep.REJECTS_WRITTEN, stop))
                        .ingest(new IngestRequest(file, "", new RejectingFormat())))
                .satisfies(thrown -> isCausedBy(thrown, stop));
        assertThat(lake.rows("rejected_readings"))
                .extracting(row -> row.get("source_file"))
                .containsExactlyInAnyOrder("refused", "second");
        lake.reopen();
        if (otherFileBetween) {
            lake.ingest(lake.write("other", List.of("reject this too")));
        }
        assertThat(lake.ingest(file).status()).isEqualTo(Status.INGESTED);

        assertThat(lake.rows("rejected_readings"))
                .extracting(row -> row.get("source_file"))
                .contains("refused")
                .doesNotContain("second")
                .hasSize(otherFileBetween ? 2 : 1);
        List<CompletedInstant> commits = lake.lake().completedInstants("rejected_readings");
        assertThat(lake.ingest("last", Line.of("m", "2026-03-01T12:00:00Z", "1", "2026-03-05T00:00:00Z"))
                        .status())
                .isEqualTo(Status.INGESTED);
        assertThat(lake.lake().completedInstants("rejected_readings"))
                .as("there is nothing left to forget")
                .isEqualTo(commits);
        assertThat(refused.status()).isEqualTo(Status.REJECTED);
    }

    private static IngestListener at(IngestStep step, RuntimeException thrown) {
        return new IngestListener() {
            @Override
            public void reached(Path path, IngestStep reached) {
                if (reached == step) {
                    throw thrown;
                }
            }
        };
    }

    private static void isCausedBy(Throwable thrown, Throwable cause) {
        assertThat(thrown)
                .satisfiesAnyOf(
                        same -> assertThat(same).isSameAs(cause),
                        wrapped -> assertThat(wrapped).hasRootCause(cause));
    }

    private IngestOutcome ingest(IngestListener listener) {
        return new Ingest(lake.lake(), listener).ingest(new IngestRequest(file, "", LineFormat.INSTANCE));
    }

    private MeterlakeException failure(IngestListener listener) {
        return catchThrowableOfType(MeterlakeException.class, () -> ingest(listener));
    }

    private void assertGoesInAfterwards(
            Obstacle obstacle, Map<String, Map<String, @Nullable Object>> visible, Status status) {
        assertThat(TableReader.readings(lake.lake())).as("after the failure").isEqualTo(visible);
        obstacle.remove();
        assertThat(lake.ingest(file).status()).isEqualTo(status);
        assertInTheEnd();
    }

    /** Puts a file where a folder should be, after a step; what was there is put aside. */
    private record Obstacle(Path path, IngestStep after) implements IngestListener {
        @Override
        public void reached(Path ofFile, IngestStep step) {
            if (step == after) {
                put();
            }
        }

        void put() {
            try {
                if (Files.exists(path)) {
                    Files.move(path, aside());
                }
                Files.createFile(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path aside() {
            return path.resolveSibling(path.getFileName() + ".aside");
        }

        void remove() {
            try {
                Files.delete(path);
                if (Files.exists(aside())) {
                    Files.move(aside(), path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
