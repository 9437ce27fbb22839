package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.MeterFormat;
import java.nio.file.Path;

/**
 * A file to ingest.
 *
 * @param utility who sent it; empty for what the file says itself
 * @param format the format that reads it
 * @param isRetry whether it is read once more although it was taken in, if any of its records were rejected
 */
public record IngestRequest(Path file, String utility, MeterFormat format, boolean isRetry) {
    /** A file that is left alone if it was taken in before. */
    public IngestRequest(Path file, String utility, MeterFormat format) {
        this(file, utility, format, false);
    }

    public IngestRequest {
        file = requireNonNull(file, "file is null").toAbsolutePath().normalize();
        requireNonNull(utility, "utility is null");
        requireNonNull(format, "format is null");
    }

    /** The same file once more, for the sake of what was rejected. */
    public IngestRequest retry() {
        return new IngestRequest(file, utility, format, true);
    }
}
