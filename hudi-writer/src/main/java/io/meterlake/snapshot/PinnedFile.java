package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A base file that a snapshot holds.
 *
 * @param partition the path of its folder below the table's, such as {@code reading_date=2026-01-25}; empty for a table
 *     without partitions
 * @param sizeBytes its size when it was pinned
 * @param sha256 of its content, in hexadecimal digits, if that was recorded
 */
public record PinnedFile(String table, String partition, String fileName, long sizeBytes, Optional<String> sha256) {
    public PinnedFile {
        requireNonNull(table, "table is null");
        requireNonNull(partition, "partition is null");
        requireNonNull(fileName, "fileName is null");
        requireNonNull(sha256, "sha256 is null");
    }

    /** Its path below the lake's folder: {@code meter_readings/reading_date=2026-01-25/….parquet}. */
    public String relativePath() {
        return table + "/" + (partition.isEmpty() ? "" : partition + "/") + fileName;
    }

    public Path path(Path lakeRoot) {
        return lakeRoot.resolve(relativePath());
    }
}
