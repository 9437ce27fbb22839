package io.meterlake.format.file;

import io.meterlake.format.UnreadableFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets content through while it stays within {@link ExpansionLimits}. */
final class BoundedExpansion extends FilterInputStream {
    private final String fileName;
    private final long compressedBytes;
    private final ExpansionLimits limits;
    private long bytes;

    BoundedExpansion(InputStream content, String fileName, long compressedBytes, ExpansionLimits limits) {
        super(content);
        this.fileName = fileName;
        this.compressedBytes = compressedBytes;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        bytes += more;
        boolean tooDense = bytes > limits.freeBytes() && bytes / limits.ratio() > compressedBytes;
        if (tooDense || bytes > limits.maxBytes()) {
            throw new UnreadableFileException(
                    "Cannot read %s: its %d compressed bytes expand to more than %d bytes"
                            .formatted(fileName, compressedBytes, bytes),
                    "If the file is honest, decompress it, split it and ingest the parts.");
        }
    }
}
