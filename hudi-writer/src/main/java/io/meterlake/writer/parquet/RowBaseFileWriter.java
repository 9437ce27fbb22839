package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/** Writes base files row by row with Parquet's own writer; every file is merged and written as a whole. */
public final class RowBaseFileWriter implements BaseFileWriter {
    /** What a writer holds in memory until it writes it; a group of some 100,000 rows. */
    private static final long ROW_GROUP_BYTES = 8 << 20;

    private static final int ROWS_A_PAGE = 20_000;

    @Override
    public MergeCounts compare(Optional<Path> present, ReadingColumns incoming) throws IOException {
        return merge(present.isPresent() ? Optional.of(BaseFileReader.read(present.get())) : Optional.empty(), incoming)
                .counts();
    }

    @Override
    public WrittenFile write(Optional<Path> present, ReadingColumns incoming, Target target) throws IOException {
        Optional<ReadingColumns> old =
                present.isPresent() ? Optional.of(BaseFileReader.read(present.get())) : Optional.empty();
        Merge merge = merge(old, incoming);
        RowCursor row = new RowCursor(old, incoming);
        try (ParquetWriter<RowCursor> writer = new Builder(target).build()) {
            for (int number : merge.rows()) {
                row.moveTo(number);
                writer.write(row);
            }
        }
        force(target);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int reading = 0; reading < incoming.size(); reading++) {
            first = Math.min(first, incoming.number(Numeric.RECORDED_AT, reading));
            last = Math.max(last, incoming.number(Numeric.RECORDED_AT, reading));
        }
        return new WrittenFile(merge.counts(), merge.rows().length, Files.size(target.file()), first, last);
    }

    private static Merge merge(Optional<ReadingColumns> present, ReadingColumns incoming) {
        return present.map(old -> Merge.of(old, incoming)).orElseGet(() -> Merge.ofNew(incoming));
    }

    /** A commit must never name a file that a power cut can take back: first its bytes, then its folder's entry. */
    private static void force(Target target) throws IOException {
        try (FileChannel file = FileChannel.open(target.file(), StandardOpenOption.WRITE)) {
            file.force(true);
        }
        try (FileChannel folder = FileChannel.open(target.folder(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static final class Builder extends ParquetWriter.Builder<RowCursor, Builder> {
        private final Target target;

        Builder(Target target) {
            super(new LocalOutputFile(target.file()));
            this.target = target;
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
        protected Builder self() {
            return this;
        }

        // Parquet has no other abstract method to say it by.
        @SuppressWarnings("deprecation")
        @Override
        protected WriteSupport<RowCursor> getWriteSupport(Configuration conf) {
            return new RowWriteSupport(target);
        }
    }
}
