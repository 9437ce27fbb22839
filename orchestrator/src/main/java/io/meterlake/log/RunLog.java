package io.meterlake.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.error.FailedIo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a run that goes on: a file of {@link LogLine}s, the first one with the command line, the last one with the
 * exit code. A lock on a file beside it tells that the process lives; a killed one frees it. What cannot be written is a
 * warning and nothing else: a command does not fail for want of its log. Thread-safe.
 */
public final class RunLog implements LogSink {
    static final String STARTED = "started";
    static final String INTERRUPTED = "interrupted";
    static final String ENDED = "ended";
    static final String LINES = ".jsonl";
    static final String EARLIER_LINES = ".earlier.jsonl";
    static final String LOCK = ".lock";

    /** A command that goes on for months keeps what it said last: twice as much at most. */
    static final long LARGEST_BYTES = 8 << 20;

    /** Of this process. Opening their lock files once more would free the locks. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final String id;
    private final InstantSource clock;
    private final Consumer<LogEvent> warnings;
    private final LogEvent start;
    private final Instant startedAt;
    private final FileChannel lock;
    private @Nullable FileChannel lines;
    private long bytes;
    private @Nullable LogEvent firstError;

    private RunLog(
            Path folder,
            String id,
            LogEvent start,
            Instant startedAt,
            FileChannel lock,
            InstantSource clock,
            Consumer<LogEvent> warnings) {
        this.folder = folder;
        this.id = id;
        this.start = start;
        this.startedAt = startedAt;
        this.lock = lock;
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
            Optional<FileChannel> lock = lock(folder, id);
            if (lock.isPresent()) {
                RunLog log = new RunLog(folder, id, start, now, lock.get(), clock, warnings);
                try {
                    log.open();
                    return log;
                } catch (IOException e) {
                    log.close();
                    throw e;
                }
            }
        }
    }

    /** Takes the lock of an id; empty if there is a run of it already. */
    private static Optional<FileChannel> lock(Path folder, String id) throws IOException {
        Path file = folder.resolve(id + LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
        HELD.add(file);
        FileLock held = channel.tryLock();
        if (held == null || Files.exists(folder.resolve(id + LINES))) {
            HELD.remove(file);
            channel.close();
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        return Optional.of(channel);
    }

    private void open() throws IOException {
        lines = FileChannel.open(folder.resolve(id + LINES), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        bytes = 0;
        append(new LogLine(startedAt, id, start));
        // The machine may lose its power in the night; that the command had begun is known then.
        force();
    }

    private void force() throws IOException {
        FileChannel open = lines;
        if (open != null) {
            open.force(true);
        }
    }

    /** {@code 20260126020501123-report-run}: when it began, and what. */
    public String id() {
        return id;
    }

    /** The first line. */
    public LogEvent start() {
        return start;
    }

    /** What went wrong first, if anything did. */
    public synchronized @Nullable LogEvent firstError() {
        return firstError;
    }

    @Override
    public synchronized void write(LogEvent event) {
        if (event.level() == LogLevel.ERROR && firstError == null) {
            firstError = event;
        }
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
                LoggedRun.arguments(start),
                startedAt,
                clock.instant(),
                exitCode == 0 ? LoggedRun.Status.OK : LoggedRun.Status.FAILED,
                exitCode,
                exitCode == 0 || failure == null ? null : LoggedRun.Failure.of(failure));
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
        FileChannel open = lines;
        if (open == null || event.isBlank()) {
            return;
        }
        try {
            if (bytes > LARGEST_BYTES) {
                open.close();
                Files.move(
                        folder.resolve(id + LINES),
                        folder.resolve(id + EARLIER_LINES),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                open();
            }
            append(new LogLine(clock.instant(), id, event));
        } catch (IOException e) {
            lines = null;
            warnings.accept(RunLogs.notKept(folder, FailedIo.reason(e)));
        }
    }

    private void append(LogLine line) throws IOException {
        FileChannel open = lines;
        if (open == null) {
            return;
        }
        ByteBuffer text = ByteBuffer.wrap((line.json() + "\n").getBytes(UTF_8));
        bytes += text.remaining();
        while (text.hasRemaining()) {
            open.write(text);
        }
    }

    private void close() {
        Path file = folder.resolve(id + LOCK);
        FileChannel open = lines;
        lines = null;
        try (FileChannel held = lock) {
            Objects.requireNonNull(held);
            if (open != null) {
                open.force(true);
                open.close();
            }
            // While it is locked still, or a reader would see a run that is over and has no end.
            Files.deleteIfExists(file);
        } catch (IOException e) {
            warnings.accept(RunLogs.notKept(folder, FailedIo.reason(e)));
        } finally {
            HELD.remove(file);
        }
    }

    /** Whether the process that keeps a log lives. */
    static boolean isHeld(Path folder, String id) throws IOException {
        Path file = folder.resolve(id + LOCK);
        if (HELD.contains(file)) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        }
    }
}
