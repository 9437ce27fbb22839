package io.meterlake.writer.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses pages. Zstandard, which is what we write, without Hadoop's codecs between, which take long to load and
 * are not thread-safe; the others by them. Thread-safe; to be released when the last page is decompressed.
 */
final class ZstdCodecFactory implements CompressionCodecFactory {
    /** Making one takes as long as decompressing a page. */
    private final Queue<ZstdDecompressCtx> idle = new ConcurrentLinkedQueue<>();

    private @Nullable CodecFactory others;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("only for reading");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return codec == CompressionCodecName.ZSTD ? new ZstdDecompressor() : new OneByOne(other(codec));
    }

    private synchronized BytesInputDecompressor other(CompressionCodecName codec) {
        if (others == null) {
            others = new CodecFactory(new Configuration(), 0);
        }
        return others.getDecompressor(codec);
    }

    @Override
    public synchronized void release() {
        for (ZstdDecompressCtx context = idle.poll(); context != null; context = idle.poll()) {
            context.close();
        }
        if (others != null) {
            others.release();
        }
    }

    private static byte[] array(BytesInput bytes) throws IOException {
        try (ByteBufferInputStream in = bytes.toInputStream()) {
            return in.readNBytes(Math.toIntExact(bytes.size()));
        }
    }

    private final class ZstdDecompressor implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int uncompressedSize) throws IOException {
            byte[] source = array(bytes);
            byte[] target = new byte[uncompressedSize];
            ZstdDecompressCtx kept = idle.poll();
            ZstdDecompressCtx context = kept == null ? new ZstdDecompressCtx() : kept;
            try {
                int size = context.decompress(target, source);
                if (size != uncompressedSize) {
                    throw new IOException("a page is damaged: %d of %d bytes".formatted(size, uncompressedSize));
                }
            } catch (ZstdException e) {
                throw new IOException("a page is damaged: " + e.getMessage(), e);
            } finally {
                idle.add(context);
            }
            return BytesInput.from(target);
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize)
                throws IOException {
            byte[] source = new byte[compressedSize];
            input.get(source);
            output.put(array(decompress(BytesInput.from(source), uncompressedSize)));
        }

        @Override
        public void release() {
            // What it uses is the factory's.
        }
    }

    /** A decompressor that keeps a state. */
    private record OneByOne(BytesInputDecompressor codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int uncompressedSize) throws IOException {
            synchronized (codec) {
                return BytesInput.from(array(codec.decompress(bytes, uncompressedSize)));
            }
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize)
                throws IOException {
            synchronized (codec) {
                codec.decompress(input, compressedSize, output, uncompressedSize);
            }
        }

        @Override
        public void release() {
            codec.release();
        }
    }
}
