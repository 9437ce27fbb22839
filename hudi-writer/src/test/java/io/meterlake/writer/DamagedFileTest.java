package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A byte of a base file is not what it was: nothing is made of it, as it would count as right from then on. */
class DamagedFileTest {
    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void ingestADay() {
        lake = new TestLake(folder);
        lake.ingest(lake.file("first", lines("2026-03-05T00:00:00Z", 1)));
    }

    /** Of hours of some meters, each with another value. */
    private static List<Line> lines(String recordedAt, int factor) {
        List<Line> lines = new ArrayList<>();
        for (int meter = 0; meter < 50; meter++) {
            for (int hour = 0; hour < 24; hour++) {
                lines.add(Line.of(
                        "meter-" + meter,
                        Instant.parse("2026-03-01T00:00:00Z")
                                .plusSeconds(hour * 3600L)
                                .toString(),
                        Integer.toString(factor * (meter * 1_000 + hour)),
                        recordedAt));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "meter_id", "recorded_at", "_hoodie_commit_seqno"})
    void nothingIsMergedWithADamagedPage(String column) throws IOException {
        var before = TableReader.readings(lake.lake());
        Path corrections = lake.file("second", lines("2026-03-06T00:00:00Z", 2).subList(0, 24));
        var commits = lake.lake().completedInstants("meter_readings");
        List<Path> files = baseFiles();
        damage(files, column);
        MeterlakeException refused = catchThrowableOfType(MeterlakeException.class, () -> lake.ingest(corrections));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(LakeErrorCode.DAMAGED_BASE_FILE);
        assertThat(files).anyMatch(file -> String.valueOf(refused.getMessage()).contains(file.toString()));
        assertThat(refused).hasMessageContaining("row group 0").hasMessageContaining("CRC");
        assertThat(lake.lake().completedInstants("meter_readings")).isEqualTo(commits);

        damage(files, column);
        assertThat(TableReader.readings(lake.lake())).as("mended").isEqualTo(before);
        assertThat(lake.ingest(corrections).rowsChanged()).isEqualTo(24);
    }

    private List<Path> baseFiles() throws IOException {
        try (Stream<Path> all = Files.walk(lake.lake().table("meter_readings").folder())) {
            return all.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    /** Turns a bit of the column's last page in each file; once more, and it is as it was. */
    private static void damage(List<Path> files, String column) throws IOException {
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            int last = lastByte(file, column);
            bytes[last] ^= 1;
            Files.write(file, bytes);
        }
    }

    private static int lastByte(Path file, String column) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            List<ColumnChunkMetaData> chunks = reader.getRowGroups().getFirst().getColumns();
            ColumnChunkMetaData chunk = chunks.get(IntStream.range(0, chunks.size())
                    .filter(i -> chunks.get(i).getPath().toDotString().equals(column))
                    .findFirst()
                    .orElseThrow());
            return Math.toIntExact(chunk.getStartingPos() + chunk.getTotalSize()) - 1;
        }
    }
}
