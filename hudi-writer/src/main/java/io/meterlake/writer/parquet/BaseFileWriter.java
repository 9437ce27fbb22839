package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingWindows;
import io.meterlake.writer.upsert.ReplacedReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes base files. In: the base file that is there, if any, and a file's sorted readings. Out: what became of them,
 * and a new base file that takes the old one's place. Thread-safe.
 */
public interface BaseFileWriter {
    /**
     * What would become of the readings; writes nothing. Stops at the first reading that would be written: the counts
     * are complete only if there is none.
     */
    MergeCounts compare(Path present, ReadingWindows incoming) throws IOException;

    /** What would become of all readings; writes nothing. */
    MergeCounts count(Optional<Path> present, ReadingWindows incoming) throws IOException;

    /**
     * Writes the new base file and forces it to disk. The old one stays as it is.
     *
     * @param replaced is told of each row that does not get into the new file because a reading takes its place
     */
    WrittenFile write(Optional<Path> present, ReadingWindows incoming, Target target, ReplacedReadings replaced)
            throws IOException;

    /**
     * Where a base file goes, and what Hudi wants its rows to say of it.
     *
     * @param folder the partition's folder
     * @param fileName the file's name in it, made of file id, write token and instant
     * @param partitionPath the partition's path below the table's folder, such as {@code reading_date=2026-03-29}
     * @param instant the commit's instant
     * @param task number of the file within the commit
     */
    record Target(Path folder, String fileName, String partitionPath, String instant, int task) {
        public Path file() {
            return folder.resolve(fileName);
        }
    }

    /**
     * A base file that was written.
     *
     * @param counts what became of the readings
     * @param rows how many rows it has
     * @param bytes its size
     * @param firstRecorded the earliest time of recording among the readings, in microseconds since 1970-01-01T00:00Z
     * @param lastRecorded the latest one
     */
    record WrittenFile(MergeCounts counts, long rows, long bytes, long firstRecorded, long lastRecorded) {}
}
