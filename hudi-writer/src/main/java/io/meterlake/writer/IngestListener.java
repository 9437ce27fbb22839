package io.meterlake.writer;

import java.nio.file.Path;
import java.util.List;

/** Is told how an ingest goes on, on the thread that runs it. What it throws ends the ingest. */
public interface IngestListener {
    /** Keeps quiet. */
    IngestListener NONE = new IngestListener() {};

    /** A file is begun. */
    default void started(Path file, long sizeBytes) {}

    /** So much of the content, decompressed, has been read; called often. */
    default void read(Path file, long bytes, long rows) {}

    /**
     * A step of the file is done; a file that changes nothing skips some. What is done for several files at once is told of
     * each of them.
     */
    default void reached(Path file, IngestStep step) {}

    /** A base file of the commit of these files has been written. */
    default void written(List<Path> files, int filesWritten, int filesToWrite) {}

    /** A file is done; told in the order of the requests. */
    default void finished(IngestOutcome outcome) {}
}
