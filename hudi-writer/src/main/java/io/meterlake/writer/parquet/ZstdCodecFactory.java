package io.meterlake.writer.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses pages. Zstandard, which is what we write, without Hadoop's codecs between, which take long to load and
 * are not thread-safe; the others by them. Thread-safe.
 */
final class ZstdCodecFactory implements CompressionCodecFactory {
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
        if (others != null) {
            others.release();
        }
    }

    private static byte[] array(BytesInput bytes) throws IOException {
        try (ByteBufferInputStream in = bytes.toInputStream()) {
            return in.readNBytes(Math.toIntExact(bytes.size()));
        }
    }

    private static final class ZstdDecompressor implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int uncompressedSize) throws IOException {
            byte[] source = array(bytes);
            byte[] target = new byte[uncompressedSize];
            long size = Zstd.decompressByteArray(target, 0, target.length, source, 0, source.length);
            if (Zstd.isError(size) || size != uncompressedSize) {
                throw new IOException("a page is damaged: "
                        + (Zstd.isError(size) ? Zstd.getErrorName(size) : size + " of " + uncompressedSize + " bytes"));
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
            // Nothing is kept.
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
