package io.meterlake.writer.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;

/**
 * Makes pages (version 1) of columns that may be null and do not repeat: {@link #begin} a page with its definition
 * levels, put the values into {@link #values()}, {@link #end} it. Keeps a compressor and its buffers. Not thread-safe.
 */
final class PageMaker implements AutoCloseable {
    /** The level at which twice the time saves no more than a few percent of the bytes. */
    private static final int COMPRESSION_LEVEL = 3;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(COMPRESSION_LEVEL);
    private final ByteSink page = new ByteSink();
    private byte[] compressed = new byte[1 << 16];

    /** Where the values of a page go after its definition levels. */
    ByteSink values() {
        return page;
    }

    /** Begins a page of so many rows, of which none is null or all are. */
    void begin(int rows, boolean present) {
        page.clear();
        page.putInt(0);
        HybridEncoding.run(present ? 1 : 0, rows, 1, page);
        page.putIntAt(0, page.size() - Integer.BYTES);
    }

    /** Begins a page whose rows are null where {@code levels} is 0 and not where it is 1. */
    void begin(int[] levels, int rows) {
        page.clear();
        page.putInt(0);
        HybridEncoding.encode(levels, 0, rows, 0, 1, page);
        page.putIntAt(0, page.size() - Integer.BYTES);
    }

    ColumnChunk.Page end(int rows, Statistics<?> statistics, Encoding encoding) {
        return new ColumnChunk.Page(compress(page), page.size(), rows, statistics, encoding);
    }

    /** A dictionary page of plain values. */
    DictionaryPage dictionary(ByteSink plain, int entries) {
        return new DictionaryPage(compress(plain), plain.size(), entries, Encoding.PLAIN);
    }

    private BytesInput compress(ByteSink source) {
        int bound = Math.toIntExact(Zstd.compressBound(source.size()));
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int size = compressor.compressByteArray(compressed, 0, compressed.length, source.array(), 0, source.size());
        return BytesInput.from(Arrays.copyOf(compressed, size));
    }

    @Override
    public void close() {
        compressor.close();
    }
}
