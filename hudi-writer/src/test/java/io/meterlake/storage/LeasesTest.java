package io.meterlake.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.testing.S3Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Locks in a bucket, on a real S3 server; each lock here is as good as another process's. */
@Tag("s3")
@EnabledIfEnvironmentVariable(named = "METERLAKE_TEST_S3_GATEWAY", matches = ".+")
class LeasesTest {
    private final Path file = S3Gateway.shared().newPlace().resolve("a.lock");
    private final Storage storage = Storage.of(file);

    @Test
    void isHadByOneOfManyThatWantItAtOnce() throws Exception {
        List<Callable<Optional<HeldLock>>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(() -> storage.lock(file).tryTake());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<HeldLock> held = new ArrayList<>();
            for (Future<Optional<HeldLock>> one : threads.invokeAll(all)) {
                one.get().ifPresent(held::add);
            }
            assertThat(held).hasSize(1);
            assertThat(held.getFirst().isStillHeld()).isTrue();
            held.getFirst().release();
        }
    }

    @Test
    void isRefusedAsSoonAsItsHolderGivesASign() throws Exception {
        HeldLock held = storage.lock(file).tryTake().orElseThrow();
        long before = System.nanoTime();
        assertThat(storage.lock(file).tryTake()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Lease.LASTS);
        assertThat(storage.lock(file).holder())
                .startsWith("process " + ProcessHandle.current().pid() + " on ");
        held.release();
        HeldLock next = storage.lock(file).tryTake().orElseThrow();
        assertThat(held.isStillHeld()).isFalse();
        assertThat(next.isStillHeld()).isTrue();
        next.release();
    }

    @Test
    void isTakenOverFromOneThatGivesNoSignsAnyMore() throws Exception {
        Files.writeString(file, LeaseText.fresh().text());
        HeldLock held = storage.lock(file).tryTake().orElseThrow();
        assertThat(held.isStillHeld()).isTrue();
        held.release();
    }

    @Test
    void isLostWhenAnotherHasTakenIt() throws Exception {
        HeldLock held = storage.lock(file).tryTake().orElseThrow();
        Files.writeString(file, LeaseText.fresh().text());
        long deadline = System.nanoTime() + Lease.LASTS.toNanos();
        while (held.isStillHeld() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(held.isStillHeld()).isFalse();
        held.release();
        assertThat(LeaseText.parse(Files.readString(file)).free())
                .as("what is another's is not given back")
                .isFalse();
    }

    @Test
    void isSharedByManyOrHadAlone() throws Exception {
        HeldLock one = storage.sharedLock(file).tryShare().orElseThrow();
        HeldLock two = storage.sharedLock(file).tryShare().orElseThrow();
        assertThat(storage.sharedLock(file).tryTakeAlone()).isEmpty();
        one.release();
        two.release();
        HeldLock alone = storage.sharedLock(file).tryTakeAlone().orElseThrow();
        assertThat(storage.sharedLock(file).tryShare()).isEmpty();
        alone.release();
        storage.sharedLock(file).tryShare().orElseThrow().release();
    }

    @Test
    void isHadAloneOnceThoseWhoSharedItAreDead() throws IOException, InterruptedException {
        Files.writeString(
                file.resolveSibling("a.lock.shared").resolve("dead"),
                LeaseText.fresh().text());
        HeldLock alone = storage.sharedLock(file).tryTakeAlone().orElseThrow();
        assertThat(file.resolveSibling("a.lock.shared").resolve("dead")).doesNotExist();
        alone.release();
    }
}
