package io.meterlake.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.MeterFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A file that is handed out in small, odd pieces, so that every record meets the end of a read somewhere. */
public final class InMemoryFile implements MeterFile {
    private static final int PIECE = 37;

    private final String name;
    private final byte[] bytes;

    public InMemoryFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
    }

    public static InMemoryFile of(String name, String text) {
        return new InMemoryFile(name, text.getBytes(UTF_8));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InputStream open() {
        return inPieces(bytes);
    }

    /** A stream that never gives more than a few bytes at once. */
    public static InputStream inPieces(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, PIECE));
            }
        };
    }
}
