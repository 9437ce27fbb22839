package io.meterlake.format.file;

import io.meterlake.format.UnreadableFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses gzip (RFC 1952) of one or more members. Unlike {@link java.util.zip.GZIPInputStream} it does not take a
 * file that was cut off between two members' bytes, or that goes on with garbage, for a whole one. Zeros behind the
 * last member, as tapes and block devices leave them, are tolerated.
 */
final class GzipMembers extends InputStream {
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final String fileName;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int limit;
    private long consumedBefore;
    private long produced;
    private long memberProduced;
    private boolean ended;

    GzipMembers(InputStream in, String fileName) throws IOException {
        this.in = in;
        this.fileName = fileName;
        reportTruncation(this::header);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                produced += count;
                memberProduced += count;
                return count;
            }
            if (inflater.finished()) {
                reportTruncation(this::nextMember);
            } else if (inflater.needsInput()) {
                reportTruncation(this::refillInflater);
            } else {
                throw damaged("needs a dictionary that it does not have", null);
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw damaged("is damaged (%s)".formatted(e.getMessage()), e);
        }
    }

    private void refillInflater() throws IOException {
        at = limit;
        fill();
        if (at == limit) {
            throw new EOFException();
        }
        inflater.setInput(buffer, at, limit - at);
    }

    private void header() throws IOException {
        boolean gzip = require() == 0x1F && require() == 0x8B && require() == 8;
        if (!gzip) {
            throw damaged("goes on with bytes that are no gzip", null);
        }
        int flags = require();
        if ((flags & RESERVED) != 0) {
            throw damaged("has a header of an unknown kind", null);
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(require() | (require() << 8));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        memberProduced = 0;
        inflater.setInput(buffer, at, limit - at);
    }

    private void nextMember() throws IOException {
        at = limit - inflater.getRemaining();
        long expectedChecksum = requireInt();
        long expectedSize = requireInt();
        if (expectedChecksum != checksum.getValue() || expectedSize != (memberProduced & 0xFFFF_FFFFL)) {
            throw damaged("does not match its checksum", null);
        }
        while (true) {
            if (at == limit) {
                fill();
            }
            if (at == limit) {
                ended = true;
                return;
            }
            if (buffer[at] != 0) {
                header();
                return;
            }
            at++;
        }
    }

    private void fill() throws IOException {
        consumedBefore += limit;
        at = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }

    private int require() throws IOException {
        if (at == limit) {
            fill();
            if (at == limit) {
                throw new EOFException();
            }
        }
        return buffer[at++] & 0xFF;
    }

    private long requireInt() throws IOException {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (long) require() << (8 * i);
        }
        return value;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            require();
        }
    }

    private void skipText() throws IOException {
        while (require() != 0) {
            // The name and the comment of a member say nothing that is needed here.
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void reportTruncation(Step step) throws IOException {
        try {
            step.run();
        } catch (EOFException e) {
            throw new UnreadableFileException(
                    "Cannot read %s: the gzip ends too early, after %d compressed bytes (%d bytes of content)"
                            .formatted(fileName, consumedBefore + limit, produced),
                    "The transfer was cut short: send the file again.",
                    e);
        }
    }

    private UnreadableFileException damaged(String how, @Nullable Throwable cause) {
        return new UnreadableFileException(
                "Cannot read %s: the gzip %s, before byte %d (after %d bytes of content)"
                        .formatted(fileName, how, consumedBefore + limit, produced),
                "The file was changed on its way: send it again.",
                cause);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
