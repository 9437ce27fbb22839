package io.meterlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody is told who may not work now. */
class WorkLockTest {
    @TempDir
    Path lake;

    @Test
    void saysHowLongItWaitedOnlyIfItDid() {
        String holder = "process " + ProcessHandle.current().pid() + " is at work on them";
        try (WorkLock _ = WorkLock.acquire(lake, WorkLock.Work.RUN, Duration.ZERO)) {
            assertThat(refusal(Duration.ZERO))
                    .hasMessage("Cannot work on the models and seeds of the lake " + lake + ": " + holder);
            assertThat(refusal(Duration.ofSeconds(1)))
                    .hasMessage("Cannot work on the models and seeds of the lake " + lake + ": " + holder
                            + ", still after 1 s");
            assertThat(((MeterlakeException) refusal(Duration.ofMillis(1))).hint())
                    .contains("lake.lock-wait-seconds says how long to wait");
            assertThat(((MeterlakeException) refusal(Duration.ZERO)).hint())
                    .as("what never waits")
                    .doesNotContain("lake.lock-wait-seconds");
        }
    }

    @Test
    void namesNoProcessWhileTheHolderHasNotWrittenItsNumber() throws Exception {
        try (WorkLock _ = WorkLock.acquire(lake, WorkLock.Work.RUN, Duration.ZERO)) {
            Files.writeString(lake.resolve(".meterlake-work-run.lock"), "");
            assertThat(refusal(Duration.ZERO)).hasMessageEndingWith(": another process is at work on them");
        }
    }

    @Test
    void letsTheNextOneInWhenItIsFree() {
        WorkLock.acquire(lake, WorkLock.Work.RUN, Duration.ZERO).close();
        try (WorkLock again = WorkLock.acquire(lake, WorkLock.Work.RUN, Duration.ZERO);
                WorkLock other = WorkLock.acquire(lake, WorkLock.Work.REPORTS, Duration.ZERO)) {
            assertThat(again).isNotEqualTo(other);
        }
    }

    /** Asked by a thread of its own, as the one that holds the lock may take it again. */
    private Throwable refusal(Duration wait) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<WorkLock> asked = threads.submit(() -> WorkLock.acquire(lake, WorkLock.Work.RUN, wait));
            Throwable[] refused = new Throwable[1];
            assertThatThrownBy(asked::get)
                    .cause()
                    .isInstanceOf(MeterlakeException.class)
                    .satisfies(error -> refused[0] = error);
            return refused[0];
        }
    }
}
