package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.LakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections replace all rows of an earlier file. */
class UnusedTextsTest {
    private static List<Line> lines(int meters, String recordedAt) {
        return IntStream.range(0, meters)
                .mapToObj(i -> Line.of("meter-" + i, "2026-03-02T10:00:00Z", "1", recordedAt))
                .toList();
    }

    @Test
    void areInNoDictionary(@TempDir Path folder) throws IOException {
        try (TestLake lake = new TestLake(folder, config -> config.withBuckets(1))) {
            lake.ingest(lake.file("first", lines(8, "2026-03-05T00:00:00Z")));
            lake.ingest(lake.file("second", lines(6, "2026-03-06T00:00:00Z")));
            lake.ingest(lake.file("third", lines(6, "2026-03-07T00:00:00Z")));
            LakeTable table = lake.lake().table("meter_readings");
            Path file =
                    lake.config().root().resolve(table.liveFiles().iterator().next());
            for (String column : List.of("file_checksum", "source_file", "_hoodie_commit_time")) {
                assertThat(texts(file, column)).as(column).isEqualTo(2);
            }
            assertThat(TableReader.readings(lake.lake())).hasSize(8);
        }
    }

    private static int texts(Path file, String column) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            ColumnDescriptor described =
                    reader.getFileMetaData().getSchema().getColumnDescription(new String[] {column});
            DictionaryPageReadStore dictionaries = reader.getNextDictionaryReader();
            return Objects.requireNonNull(dictionaries.readDictionaryPage(described))
                    .getDictionarySize();
        }
    }
}
