package io.meterlake.format.xml;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a document that are being looked at. They move to the front when more are read. */
final class XmlWindow {
    /** Far more than any tag, comment or instruction has, and little for a heap. */
    static final int LONGEST = 1 << 20;

    private final InputStream in;
    private boolean ended;

    /** Good up to {@link #end}; another array after {@link #fill}. */
    byte[] bytes = new byte[64 * 1024];

    int end;

    XmlWindow(InputStream in) {
        this.in = in;
    }

    /**
     * Reads more bytes. Those from a position on are kept, and are then at the front.
     *
     * @return false if there are no more; they are at the front all the same
     */
    boolean fill(int from) throws IOException {
        System.arraycopy(bytes, from, bytes, 0, end - from);
        end -= from;
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = ended ? -1 : in.read(bytes, end, bytes.length - end);
        ended |= count < 0;
        end += Math.max(count, 0);
        return count > 0;
    }

    /** Whether all bytes were read. */
    boolean ended() {
        return ended;
    }
}
