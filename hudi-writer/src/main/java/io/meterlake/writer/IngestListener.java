package io.meterlake.writer;

import java.nio.file.Path;

/** Is told how an ingest goes on, on the thread that runs it. What it throws ends the ingest. */
public interface IngestListener {
    /** Keeps quiet. */
    IngestListener NONE = new IngestListener() {};

    /** A file is begun. */
    default void started(Path file, long sizeBytes) {}

    /** So much of the content, decompressed, has been read; called often. */
    default void read(Path file, long bytes, long rows) {}

    /** A step of the file is done; a file that changes nothing skips some. */
    default void reached(Path file, IngestStep step) {}

    /** A base file of the commit has been written. */
    default void written(Path file, int filesWritten, int filesToWrite) {}

    /** A file is done. */
    default void finished(IngestOutcome outcome) {}
}
