package io.meterlake.log;

import io.meterlake.error.FailedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a run that goes on: its first line has the command line, its last one the exit code. What cannot be written is
 * a warning and nothing else: a command does not fail for want of its log. Thread-safe.
 */
public final class RunLog implements LogSink {
    static final String STARTED = "started";
    static final String INTERRUPTED = "interrupted";
    static final String ENDED = "ended";

    private final Path folder;
    private final String id;
    private final LogLine first;
    private final RunLock lock;
    private final InstantSource clock;
    private final Consumer<LogEvent> warnings;
    private @Nullable LogLinesFile lines;
    private @Nullable LogEvent firstError;
    private @Nullable RetriedRun retried;

    private RunLog(
            Path folder,
            LogLine first,
            RunLock lock,
            LogLinesFile lines,
            InstantSource clock,
            Consumer<LogEvent> warnings) {
        this.folder = folder;
        this.id = first.runId();
        this.first = first;
        this.lock = lock;
        this.lines = lines;
        this.clock = clock;
        this.warnings = warnings;
    }

    /**
     * Begins a log.
     *
     * @param command the command's words, as {@code report run}
     * @param arguments the whole command line, without secrets
     * @param warnings hears, once, that the log cannot be written
     * @throws IOException nothing was begun
     */
    static RunLog begin(
            Path folder, String command, List<String> arguments, InstantSource clock, Consumer<LogEvent> warnings)
            throws IOException {
        Files.createDirectories(folder);
        Instant now = clock.instant();
        LogEvent start = LogEvent.info("meterlake " + String.join(" ", arguments))
                .with(Field.EVENT, STARTED)
                .with(Field.ARGUMENTS, List.copyOf(arguments))
                .told();
        // The next free millisecond: two commands of one name may begin in the same one.
        for (Instant at = now; ; at = at.plusMillis(1)) {
            String id = RunId.of(at, command);
            Optional<RunLock> lock = RunLock.take(folder, id);
            if (lock.isPresent()) {
                LogLine first = new LogLine(now, id, start);
                try {
                    LogLinesFile lines = LogLinesFile.create(folder, id, first);
                    return new RunLog(folder, first, lock.get(), lines, clock, warnings);
                } catch (IOException e) {
                    lock.get().close();
                    throw e;
                }
            }
        }
    }

    /** {@code 20260126020501123-report-run}: when it began, and what. */
    public String id() {
        return id;
    }

    /** The first line. */
    public LogEvent start() {
        return first.event();
    }

    @Override
    public synchronized void write(LogEvent event) {
        if (event.level() == LogLevel.ERROR && firstError == null) {
            firstError = event;
        }
        RetriedRun.in(event).ifPresent(run -> retried = run);
        put(event);
    }

    /** The process was told to end; it may still finish what it is at. */
    public synchronized void interrupted() {
        put(LogEvent.warning("told to end").with(Field.EVENT, INTERRUPTED));
    }

    /** How the run stands, as if it ended now with this code. */
    public synchronized LoggedRun outcome(int exitCode) {
        LogEvent failure = firstError;
        return new LoggedRun(
                id,
                RunId.command(id).orElseThrow(),
                LoggedRun.arguments(start()),
                first.time(),
                clock.instant(),
                exitCode == 0 ? LoggedRun.Status.OK : LoggedRun.Status.FAILED,
                exitCode,
                exitCode == 0 || failure == null ? null : LoggedRun.Failure.of(failure),
                retried);
    }

    /** The last line. */
    public synchronized LogEvent ended(int exitCode) {
        LogEvent end = (exitCode == 0 ? LogEvent.info("ended with 0") : LogEvent.error("ended with " + exitCode))
                .with(Field.EVENT, ENDED)
                .with(Field.EXIT_CODE, exitCode)
                .told();
        LogEvent failure = firstError;
        if (exitCode != 0 && failure != null) {
            end = end.with(Field.ERROR, failure.message())
                    .with(Field.CODE, failure.text(Field.CODE).orElse(""))
                    .with(Field.FIX, failure.text(Field.FIX).orElse(""));
        }
        put(end);
        close();
        return end;
    }

    private void put(LogEvent event) {
        LogLinesFile open = lines;
        if (open == null || event.isBlank()) {
            return;
        }
        try {
            open.append(new LogLine(clock.instant(), id, event));
        } catch (IOException e) {
            lines = null;
            warn(e);
        }
    }

    private void close() {
        LogLinesFile open = lines;
        lines = null;
        try (RunLock held = lock) {
            Objects.requireNonNull(held);
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(IOException failure) {
        warnings.accept(RunLogs.notKept(folder, FailedIo.reason(failure)));
    }
}
