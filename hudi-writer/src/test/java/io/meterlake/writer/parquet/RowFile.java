package io.meterlake.writer.parquet;

import io.meterlake.storage.Storage;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Parquet's own writer of rows, laid out as base files are. */
final class RowFile {
    /** What a writer holds in memory until it writes it; a group of some 100,000 rows. */
    private static final long ROW_GROUP_BYTES = 8 << 20;

    private static final int ROWS_A_PAGE = 20_000;

    private RowFile() {}

    static <R> ParquetWriter<R> open(BaseFileWriter.Target target, WriteSupport<R> rows) throws IOException {
        return new Builder<>(target, rows).build();
    }

    private static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {
        private final WriteSupport<R> rows;

        Builder(BaseFileWriter.Target target, WriteSupport<R> rows) {
            super(Storage.of(target.file()).output(target.file()));
            this.rows = rows;
            // Without Hadoop's settings, which would be read anew, from XML, for each file.
            withConf(new PlainParquetConfiguration());
            withCompressionCodec(CompressionCodecName.ZSTD);
            // Version 2 brings the delta encodings, with which the sorted key texts take next to no room.
            withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0);
            withDictionaryEncoding("_hoodie_record_key", false);
            withDictionaryEncoding("_hoodie_commit_seqno", false);
            withRowGroupSize(ROW_GROUP_BYTES);
            withPageRowCountLimit(ROWS_A_PAGE);
            withValidation(false);
        }

        @Override
        protected Builder<R> self() {
            return this;
        }

        @Override
        protected WriteSupport<R> getWriteSupport(ParquetConfiguration conf) {
            return rows;
        }

        // Parquet has it abstract.
        @SuppressWarnings("deprecation")
        @Override
        protected WriteSupport<R> getWriteSupport(Configuration conf) {
            return rows;
        }
    }
}
