package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReplacedReadings;
import io.meterlake.writer.upsert.Replacements;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A base file that is being written. Row groups are made on all processors, a few at a time, and written in the order in
 * which they were handed in. Not thread-safe.
 */
final class RowGroupOutput implements AutoCloseable {
    /** How many row groups are being made or wait to be written; each of some ten megabytes. */
    private static final int AT_ONCE = ForkJoinPool.getCommonPoolParallelism() + 1;

    private final BaseFileWriter.Target target;
    private final ReplacedReadings replaced;
    private final BaseFileOutput file;
    private final Queue<RowGroupEncoder> encoders = new ConcurrentLinkedQueue<>();
    private final Deque<Work> running = new ArrayDeque<>();
    private final KeyRange keys = new KeyRange();
    private MergeCounts counts = MergeCounts.NONE;
    private long rows;
    private long firstRecorded = Long.MAX_VALUE;
    private long lastRecorded = Long.MIN_VALUE;

    RowGroupOutput(BaseFileWriter.Target target, ReplacedReadings replaced) throws IOException {
        this.target = target;
        this.replaced = replaced;
        this.file = BaseFileOutput.create(target.file(), MeterReadingsFile.SCHEMA);
    }

    /**
     * What a task made.
     *
     * @param groups row groups, which follow each other
     * @param counts what became of the readings in them
     * @param replacements the rows that readings took the place of
     * @param firstRecorded the earliest time of recording among the readings, in microseconds since 1970-01-01T00:00Z
     * @param lastRecorded the latest one
     */
    record Made(
            List<RowGroupEncoder.RowGroup> groups,
            MergeCounts counts,
            Replacements replacements,
            long firstRecorded,
            long lastRecorded) {}

    /** Makes row groups with an encoder that is the task's alone until it returns. */
    interface Task {
        Made make(RowGroupEncoder encoder) throws IOException;
    }

    /** A task, which is done by the thread that comes to it first. */
    private final class Work implements Runnable {
        /** Null once it is begun: the pool may keep this for long after another thread has done it. */
        private final AtomicReference<@Nullable Task> waiting;

        private final CompletableFuture<Made> made = new CompletableFuture<>();

        Work(Task task) {
            this.waiting = new AtomicReference<>(task);
        }

        /** Takes the task, if nobody has begun it. */
        @Nullable
        Task begin() {
            return waiting.getAndSet(null);
        }

        @Override
        public void run() {
            Task task = begin();
            if (task != null) {
                try {
                    made.complete(make(task));
                } catch (IOException | RuntimeException | Error e) {
                    made.completeExceptionally(e);
                }
            }
        }

        private Made make(Task task) throws IOException {
            RowGroupEncoder idle = encoders.poll();
            RowGroupEncoder encoder = idle == null ? new RowGroupEncoder(target) : idle;
            try {
                return task.make(encoder);
            } finally {
                encoders.add(encoder);
            }
        }
    }

    /** Hands a task in; while there are too many, helps with them or waits for the first. */
    void add(Task task) throws IOException {
        Work work = new Work(task);
        running.add(work);
        ForkJoinPool.commonPool().execute(work);
        while (running.size() > AT_ONCE) {
            writeNext();
        }
    }

    /**
     * Waits for a task, and meanwhile does others: the common pool has one thread less than there are processors, for the
     * one that hands tasks in.
     */
    private Made await(Work first) throws IOException {
        first.run();
        for (Work work : running) {
            if (first.made.isDone()) {
                break;
            }
            work.run();
        }
        try {
            return first.made.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void writeNext() throws IOException {
        Made made = await(running.remove());
        for (RowGroupEncoder.RowGroup group : made.groups()) {
            file.append(group);
            rows += group.rows();
            group.keys().addTo(keys);
        }
        counts = counts.plus(made.counts());
        made.replacements().tell(replaced);
        firstRecorded = Math.min(firstRecorded, made.firstRecorded());
        lastRecorded = Math.max(lastRecorded, made.lastRecorded());
    }

    /** Waits for what was handed in, and writes it; keeps no memory but the file's footer until there is more. */
    void rest() throws IOException {
        drain();
        closeEncoders();
    }

    private void drain() throws IOException {
        while (!running.isEmpty()) {
            writeNext();
        }
    }

    private void closeEncoders() {
        for (RowGroupEncoder idle = encoders.poll(); idle != null; idle = encoders.poll()) {
            idle.close();
        }
    }

    /** Writes what is left and the footer, and forces the file to disk. */
    BaseFileWriter.WrittenFile finish() throws IOException {
        rest();
        file.end(MeterReadingsFile.footer(keys));
        BaseFileOutput.force(target);
        return new BaseFileWriter.WrittenFile(counts, rows, Files.size(target.file()), firstRecorded, lastRecorded);
    }

    /** Waits for the tasks: they may still read from what the caller is about to close. */
    @Override
    public void close() throws IOException {
        for (Work work : running) {
            if (work.begin() == null) {
                work.made.handle((made, failure) -> made).join();
            }
        }
        closeEncoders();
        file.close();
    }
}
