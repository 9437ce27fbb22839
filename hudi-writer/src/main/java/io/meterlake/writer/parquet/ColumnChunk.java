package io.meterlake.writer.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** A column of a row group, ready to be written. */
sealed interface ColumnChunk {
    void appendTo(ParquetFileWriter file) throws IOException;

    /**
     * Pages that were made.
     *
     * @param dictionary what the pages' numbers stand for; empty if they hold none
     */
    record Encoded(ColumnDescriptor column, Optional<DictionaryPage> dictionary, List<Page> pages)
            implements ColumnChunk {
        @Override
        public void appendTo(ParquetFileWriter file) throws IOException {
            long rows = pages.stream().mapToLong(Page::rows).sum();
            file.startColumn(column, rows, CompressionCodecName.ZSTD);
            if (dictionary.isPresent()) {
                file.writeDictionaryPage(dictionary.get());
            }
            for (Page page : pages) {
                file.writeDataPage(
                        page.rows,
                        page.uncompressedSize,
                        page.bytes,
                        page.statistics,
                        page.rows,
                        Encoding.RLE,
                        Encoding.RLE,
                        page.encoding);
            }
            file.endColumn();
        }
    }

    /**
     * A page of a column without repetition.
     *
     * @param bytes compressed: definition levels and values
     * @param rows how many rows, null ones among them
     */
    record Page(BytesInput bytes, int uncompressedSize, int rows, Statistics<?> statistics, Encoding encoding) {}

    /** The bytes of a file's chunk as they are: a row group in which this column does not change. */
    record Copied(PresentFile file, int group, ColumnDescriptor column) implements ColumnChunk {
        @Override
        public void appendTo(ParquetFileWriter target) throws IOException {
            file.copy(group, column, target);
        }
    }
}
