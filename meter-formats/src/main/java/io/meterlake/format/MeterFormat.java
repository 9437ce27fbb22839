package io.meterlake.format;

import io.meterlake.reading.ReadingSink;
import java.io.IOException;

/**
 * A kind of meter file. Implementations are stateless and thread-safe.
 */
public interface MeterFormat {
    /** The name that {@code --format} takes and the ledger keeps, such as {@code nem12}. */
    String name();

    /** Whether a file that begins with these bytes (decompressed, at most 64 KiB) is of this format. */
    boolean recognises(byte[] head);

    /**
     * Reads the whole file, streaming, in memory that does not grow with it. Records that are wrong go to
     * {@link ReadingSink#reject}, and reading goes on with the next.
     *
     * @return what the file says about itself
     * @throws UnreadableFileException if the file as a whole is void; what the sink was given must then be dropped
     * @throws IOException if the bytes can't be read
     */
    FileHeader read(MeterFile file, ReadingSink sink) throws IOException;
}
