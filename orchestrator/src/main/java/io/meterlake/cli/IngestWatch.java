package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.writer.Ingest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code ingest --watch}: takes in what lands in folders until it is told to end. A file that cannot be read holds no
 * others up; a lake that cannot be reached is tried again. It ends by itself only where a person should look: after a
 * commit whose state is unknown.
 */
final class IngestWatch {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TRY_LAKE_EVERY = Duration.ofSeconds(10);

    /** The longest that the end of the process waits for the files that are being taken in. */
    private static final Duration LAST_FILES = Duration.ofSeconds(60);

    /** So many files, of so many bytes in all, share the lock and mostly a commit; the end waits for no more than these. */
    private static final int MOST_FILES = 256;

    private static final long MOST_BYTES = 64 << 20;

    private final Console console;
    private final IngestOutput output;
    private final IngestFiles files;
    private final WatchedFolders watched;
    private final InstantSource clock;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    IngestWatch(Console console, IngestOutput output, IngestFiles files, Duration settle, InstantSource clock) {
        this.console = console;
        this.output = output;
        this.files = files;
        this.watched = new WatchedFolders(settle);
        this.clock = clock;
    }

    /**
     * Runs until SIGINT or SIGTERM; files that are being taken in by then are finished, up to a minute.
     *
     * @throws MeterlakeException {@code COMMIT_UNKNOWN} or {@code COMMIT_INCOMPLETE}
     */
    void run(List<Path> folders, Ingest ingest) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-of-watch"));
        try {
            console.note("Watching %s; Ctrl-C ends it."
                    .formatted(folders.stream().map(Path::toString).collect(Collectors.joining(", "))));
            Duration pause = LOOK_EVERY;
            while (!toldToEnd(pause)) {
                pause = look(folders, ingest) ? LOOK_EVERY : TRY_LAKE_EVERY;
            }
        } finally {
            ended.countDown();
        }
    }

    private void end() {
        told.countDown();
        try {
            if (!ended.await(LAST_FILES.toSeconds(), TimeUnit.SECONDS)) {
                console.note("Cut off: the file that was being taken in is in as a whole or not at all.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean toldToEnd(Duration within) {
        try {
            return told.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether the lake could be reached, or need not be. */
    private boolean look(List<Path> folders, Ingest ingest) {
        List<Path> complete = watched.complete(files.seen(folders), clock.instant());
        int taken = 0;
        boolean reached = true;
        while (reached && taken < complete.size() && told.getCount() > 0) {
            List<Path> batch = batch(complete.subList(taken, complete.size()));
            long before = output.finishedFiles();
            try {
                ingest.ingest(batch.stream().map(files::request).toList());
                taken += batch.size();
            } catch (MeterlakeException e) {
                requireKnownState(e);
                console.log()
                        .write(LogEvent.error(e.getMessage() == null ? e.code().name() : e.getMessage())
                                .with(Field.CODE, e.code().name())
                                .with(Field.FIX, e.hint()));
                taken += (int) (output.finishedFiles() - before);
                reached = isOfFile(e);
                if (reached) {
                    watched.putOff(complete.get(taken), clock.instant());
                    taken++;
                }
            }
        }
        complete.subList(taken, complete.size()).forEach(file -> watched.handBack(file, clock.instant()));
        return reached;
    }

    private static List<Path> batch(List<Path> complete) {
        long bytes = 0;
        int files = 0;
        while (files < Math.min(complete.size(), MOST_FILES)) {
            bytes += complete.get(files).toFile().length();
            if (files > 0 && bytes > MOST_BYTES) {
                break;
            }
            files++;
        }
        return complete.subList(0, files);
    }

    private static void requireKnownState(MeterlakeException failure) {
        if (failure.code().exitCode() == ExitCode.COMMIT_UNKNOWN || failure.code() == LakeErrorCode.COMMIT_INCOMPLETE) {
            throw failure;
        }
    }

    private static boolean isOfFile(MeterlakeException failure) {
        return failure.code() == LakeErrorCode.FILE_NOT_READABLE || failure.code() == LakeErrorCode.FILE_CHANGED;
    }
}
