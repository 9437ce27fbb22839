package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.MeterFormat;
import java.nio.file.Path;

/**
 * A file to ingest.
 *
 * @param utility who sent it; empty for what the file says itself
 * @param format the format that reads it
 */
public record IngestRequest(Path file, String utility, MeterFormat format) {
    public IngestRequest {
        file = requireNonNull(file, "file is null").toAbsolutePath().normalize();
        requireNonNull(utility, "utility is null");
        requireNonNull(format, "format is null");
    }
}
