package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WriterLock;
import io.meterlake.testing.LakeProcess;
import io.meterlake.writer.IngestStep;
import io.meterlake.writer.IngestWork;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import io.meterlake.writer.commit.Recovery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writers that are killed after their commit, before all that belongs to it is there, while somebody waits to pin. */
class PinMomentTest {
    private static final String START = "2026-03-01T10:00:00Z";

    @TempDir
    private Path folder;

    private TestLake lake;
    private Path correction;

    @BeforeEach
    void makeLake() {
        lake = new TestLake(folder, config -> config.withWriterWait(Duration.ofSeconds(20)));
        lake.ingest("1.txt", Line.of("m1", START, "1", "2026-03-02T00:00:00Z"));
        correction = lake.file("2.txt", List.of(Line.of("m1", START, "2", "2026-03-03T00:00:00Z")));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMITTED", "CHANGES_COMMITTED"})
    void completesWhatAWriterLeftThatDiedWhileThePinWaitedForIt(IngestStep step) {
        try (LakeProcess writer = writerThatStopsAt(step)) {
            // The pin has begun, and the writer has both locks.
            Snapshot snapshot = pinAnd(writer::kill);

            assertWhole(snapshot);
        }
    }

    @Test
    void leavesItToAWriterWhoHasTheLockByThen() {
        try (LakeProcess writer = writerThatStopsAt(IngestStep.COMMITTED)) {
            List<CompletableFuture<Void>> next = new ArrayList<>();
            Snapshot snapshot = pinAnd(() -> {
                writer.kill();
                next.add(nextWriter(() -> {
                    try (CommitLock commit = lake.lake().commitLock()) {
                        assertThat(commit).isNotNull();
                        Recovery.run(lake.lake());
                    }
                }));
            });

            assertWhole(snapshot);
            assertThat(next.getFirst()).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    @Test
    void pinsNothingWhileTheWriterWhoHasTheLockCompletesNothing() {
        lake.close();
        lake = new TestLake(folder.resolve("hasty"), config -> config.withWriterWait(Duration.ofSeconds(1)));
        lake.ingest("1.txt", Line.of("m1", START, "1", "2026-03-02T00:00:00Z"));
        CountDownLatch refused = new CountDownLatch(1);
        List<CompletableFuture<Void>> idle = new ArrayList<>();
        try (LakeProcess writer = writerThatStopsAt(IngestStep.COMMITTED)) {
            assertThatThrownBy(() -> pinAnd(() -> {
                        writer.kill();
                        idle.add(nextWriter(() -> assertThat(refused).satisfies(CountDownLatch::await)));
                    }))
                    .isInstanceOfSatisfying(MeterlakeException.class, e -> {
                        assertThat(e.code()).isEqualTo(LakeErrorCode.LAKE_LOCKED);
                        assertThat(e).hasMessageContaining("lacks its changes or its row in ingested_files");
                    });
        } finally {
            refused.countDown();
        }
        assertThat(idle.getFirst()).succeedsWithin(Duration.ofMinutes(1));

        assertThat(new Snapshots(lake.lake()).list()).isEmpty();
        assertWhole(new Snapshots(lake.lake()).create(SnapshotRequest.now("later")));
    }

    private LakeProcess writerThatStopsAt(IngestStep step) {
        return LakeProcess.startAndStopAt(lake.config(), IngestWork.class, step, 0, List.of(correction.toString()));
    }

    /** Takes the writer's lock for some work; returns when it has it. */
    private CompletableFuture<Void> nextWriter(Runnable work) {
        CountDownLatch locked = new CountDownLatch(1);
        // Not on the common pool: it may have one thread only, which notices the end of the killed process.
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> {
                    try (WriterLock lock = lake.lake().lock()) {
                        assertThat(lock).isNotNull();
                        locked.countDown();
                        work.run();
                    }
                },
                Thread::startVirtualThread);
        assertThat(locked).satisfies(CountDownLatch::await);
        return done;
    }

    /** Pins; does something else when the pin has begun and is about to wait for whoever commits. */
    private Snapshot pinAnd(Runnable begun) {
        return new Snapshots(lake.lake(), new SnapshotListener() {
                    @Override
                    public void reached(String snapshotId, SnapshotStep step) {
                        if (step == SnapshotStep.ANNOUNCED) {
                            begun.run();
                        }
                    }
                })
                .create(SnapshotRequest.now("test"));
    }

    /** The correction, what it replaced and its row in the ledger, all three. */
    private void assertWhole(Snapshot snapshot) {
        assertThat(PinnedRows.values(lake, snapshot)).containsValue(2_000_000L);
        assertThat(PinnedRows.rows(lake, snapshot, "reading_changes")).hasSize(1);
        assertThat(PinnedRows.rows(lake, snapshot, "ingested_files")).hasSize(2);
        assertThat(lake.readings()).hasSize(1);
        assertThat(lake.rows("reading_changes")).hasSize(1);
        assertThat(lake.rows("ingested_files")).hasSize(2);
    }
}
