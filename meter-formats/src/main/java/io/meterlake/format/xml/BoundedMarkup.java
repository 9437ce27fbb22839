package io.meterlake.format.xml;

import io.meterlake.format.UnreadableFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops a parser that reads on and on without finding the end of something: a parser holds a tag, a comment or a
 * processing instruction in memory as a whole, and so a hostile one would fill the heap.
 */
final class BoundedMarkup extends FilterInputStream {
    /** Far more than any tag has, and little for a heap. */
    private static final int LONGEST = 1 << 20;

    private final String fileName;
    private int sinceEvent;
    private boolean ended;

    BoundedMarkup(InputStream in, String fileName) {
        super(in);
        this.fileName = fileName;
    }

    /** To be called for each thing that the parser has found. */
    void found() {
        sinceEvent = 0;
    }

    /** Whether all bytes were read. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? read : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) {
        ended |= more < 0;
        sinceEvent += Math.max(more, 0);
        if (sinceEvent > LONGEST) {
            throw new UnreadableFileException(
                    "Cannot read %s: a tag, a comment or an instruction of it is longer than %d bytes"
                            .formatted(fileName, LONGEST),
                    "No meter file has one like that; ask the sender what the file is.");
        }
    }
}
