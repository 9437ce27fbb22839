package io.meterlake.format;

import java.io.IOException;
import java.io.InputStream;

/** A file as a format sees it: a name for messages, and bytes that can be read from the start, more than once. */
public interface MeterFile {
    /** The file's name without its folder, as messages, rejects and the {@code source_file} column give it. */
    String name();

    /**
     * The content, decompressed.
     *
     * @throws UnreadableFileException here or while reading, if the compressed form is damaged
     */
    InputStream open() throws IOException;
}
