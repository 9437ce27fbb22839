package io.meterlake.devstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process as a file remembers it, so that another process finds it again and never takes a stranger for it.
 *
 * @param started when the process started: a process id alone may belong to another process by now
 */
public record RecordedProcess(long pid, Instant started) {
    /** Less than it takes for a process id to come round again. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    public static RecordedProcess of(ProcessHandle handle) {
        return new RecordedProcess(handle.pid(), startOf(handle));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(handle -> handle.isAlive() && isNear(startOf(handle)));
    }

    /** Asks a process to end, waits, and ends it by force when the time is up. */
    public static void end(ProcessHandle handle, Duration patience) {
        if (!handle.destroy()) {
            return;
        }
        CompletableFuture<ProcessHandle> exit = handle.onExit();
        try {
            exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            handle.destroyForcibly();
            exit.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot wait for the end of process " + handle.pid(), e);
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Linux reckons the start from the time of boot, which moves by some when the clock is set. */
    private boolean isNear(Instant start) {
        return Duration.between(started, start).abs().compareTo(TOLERANCE) <= 0;
    }

    private static Instant startOf(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }
}
