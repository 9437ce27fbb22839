package io.meterlake.writer.parquet;

import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** A Parquet file that is written a row group at a time, with page index and page checksums. Not thread-safe. */
final class BaseFileOutput implements AutoCloseable {
    private final ParquetFileWriter file;

    private BaseFileOutput(ParquetFileWriter file) {
        this.file = file;
    }

    /** Begins a file that is not there yet. */
    static BaseFileOutput create(Path file, MessageType schema) throws IOException {
        ParquetFileWriter writer = new ParquetFileWriter(
                Storage.of(file).output(file),
                schema,
                ParquetFileWriter.Mode.CREATE,
                Integer.MAX_VALUE,
                0,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                true);
        writer.start();
        return new BaseFileOutput(writer);
    }

    void append(RowGroupEncoder.RowGroup group) throws IOException {
        file.startBlock(group.rows());
        for (ColumnChunk chunk : group.chunks()) {
            chunk.appendTo(file);
        }
        file.endBlock();
    }

    /** Writes the footer, with these entries. */
    void end(Map<String, String> footer) throws IOException {
        file.end(footer);
    }

    /** What Hudi and readers of Avro look for in the footer. */
    static Map<String, String> footer(Schema schema, KeyRange keys) {
        Map<String, String> footer = new HashMap<>();
        footer.put("parquet.avro.schema", schema.toString());
        footer.put("writer.model.name", "avro");
        keys.first().ifPresent(key -> footer.put("hoodie_min_record_key", key));
        keys.last().ifPresent(key -> footer.put("hoodie_max_record_key", key));
        return footer;
    }

    /** A commit must never name a file that a power cut can take back: first its bytes, then its folder's entry. */
    static void force(BaseFileWriter.Target target) throws IOException {
        Storage storage = Storage.of(target.folder());
        storage.force(target.file());
        storage.forceFolder(target.folder());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
