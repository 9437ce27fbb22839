package io.meterlake.format.file;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.meterlake.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses zstd (RFC 8878) of one or more frames, with windows of up to 128 MB, which is what its memory can come to.
 * Unlike the library's own stream it notices any bytes behind the last frame, be they the beginning of one that was cut
 * off. What was changed inside a frame is found if the sender's program wrote checksums, as {@code zstd} does.
 */
final class ZstdFrames extends InputStream {
    private static final int BUFFER = 128 * 1024;

    private final InputStream in;
    private final String fileName;
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final byte[] read = new byte[BUFFER];
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final ByteBuffer content = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private boolean frameEnded;
    private boolean hasMore;
    private long produced;

    ZstdFrames(InputStream in, String fileName) {
        this.in = in;
        this.fileName = fileName;
    }

    /** Whether a file with these first four bytes is zstd; it may begin with a frame to be skipped. */
    static boolean begins(byte[] magic) {
        if (magic.length < 4) {
            return false;
        }
        int number = (magic[0] & 0xFF) | (magic[1] & 0xFF) << 8 | (magic[2] & 0xFF) << 16 | (magic[3] & 0xFF) << 24;
        return number == 0xFD2FB528 || (number & 0xFFFFFFF0) == 0x184D2A50;
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
        while (!content.hasRemaining()) {
            if (!compressed.hasRemaining() && !hasMore && !refill()) {
                return -1;
            }
            decompress();
        }
        int count = Math.min(length, content.remaining());
        content.get(target, offset, count);
        produced += count;
        return count;
    }

    private boolean refill() throws IOException {
        int count = in.read(read);
        if (count < 0) {
            if (!frameEnded) {
                throw damaged("ends too early", null);
            }
            return false;
        }
        compressed.clear().put(read, 0, count).flip();
        return true;
    }

    private void decompress() {
        content.clear();
        try {
            frameEnded = zstd.decompressDirectByteBufferStream(content, compressed);
        } catch (ZstdException e) {
            throw damaged("is damaged (%s)".formatted(e.getMessage()), e);
        }
        hasMore = !content.hasRemaining() && !frameEnded;
        content.flip();
    }

    private UnreadableFileException damaged(String how, @Nullable Throwable cause) {
        return new UnreadableFileException(
                "Cannot read %s: the zstd %s, after %d bytes of content".formatted(fileName, how, produced),
                "The file was cut short or changed on its way: send it again.",
                cause);
    }

    @Override
    public void close() throws IOException {
        try (in) {
            zstd.close();
        }
    }
}
