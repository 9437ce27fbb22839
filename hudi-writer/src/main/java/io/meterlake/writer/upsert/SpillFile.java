package io.meterlake.writer.upsert;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of numbers that outlives neither its user nor the process: it has no name any more when it is opened, where the
 * system can do that. Written by one thread, part after part; parts that are there may be read by any thread.
 */
final class SpillFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_NUMBER = 10;

    private final FileChannel channel;
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private long size;

    private SpillFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates a file in a folder, which is made if it is missing. */
    static SpillFile create(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "readings-", ".spill");
        return new SpillFile(FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Where some numbers stand. */
    record Part(long from, long to) {}

    /** Begins a part; the one before it must have ended. */
    Writer begin() {
        return new Writer(size);
    }

    Reader read(Part part) {
        return new Reader(part);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Writes a part. */
    final class Writer {
        private final long from;

        private Writer(long from) {
            this.from = from;
        }

        /** Writes a number in 7 bits a byte, the last ones first. */
        void number(long value) throws IOException {
            if (out.remaining() < LONGEST_NUMBER) {
                flush();
            }
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.put((byte) (rest | 0x80));
                rest >>>= 7;
            }
            out.put((byte) rest);
        }

        /** Writes a number that may be negative. */
        void signed(long value) throws IOException {
            number((value << 1) ^ (value >> 63));
        }

        private void flush() throws IOException {
            out.flip();
            while (out.hasRemaining()) {
                size += channel.write(out, size);
            }
            out.clear();
        }

        Part end() throws IOException {
            flush();
            return new Part(from, size);
        }
    }

    /** Reads a part. */
    final class Reader {
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
        private final long end;
        private long next;

        private Reader(Part part) {
            this.next = part.from;
            this.end = part.to;
        }

        boolean hasMore() {
            return in.hasRemaining() || next < end;
        }

        long number() throws IOException {
            if (in.remaining() < LONGEST_NUMBER && next < end) {
                fill();
            }
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = in.get();
                value |= (part & 0x7FL) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        long signed() throws IOException {
            long value = number();
            return (value >>> 1) ^ -(value & 1);
        }

        private void fill() throws IOException {
            in.compact();
            in.limit((int) Math.min(in.capacity(), in.position() + end - next));
            while (in.hasRemaining()) {
                int read = channel.read(in, next);
                if (read < 0) {
                    throw new EOFException("a spill file is shorter than it was");
                }
                next += read;
            }
            in.flip();
        }
    }
}
