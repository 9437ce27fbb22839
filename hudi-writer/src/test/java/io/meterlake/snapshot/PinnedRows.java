package io.meterlake.snapshot;

import io.meterlake.storage.Storage;
import io.meterlake.writer.TestLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;

/** Reads a snapshot as Trino does: by its manifests, from the files that they name. */
final class PinnedRows {
    private PinnedRows() {}

    /** The value of every meter's interval, in millionths, by {@code meter@start}. */
    static Map<String, Long> values(TestLake lake, Snapshot snapshot) {
        Map<String, Long> values = new TreeMap<>();
        for (GenericRecord row : rows(lake, snapshot, "meter_readings")) {
            values.put(
                    row.get("meter_id") + "@" + row.get("interval_start_us"),
                    new java.math.BigInteger(((GenericFixed) row.get("value")).bytes()).longValueExact());
        }
        return values;
    }

    static List<GenericRecord> rows(TestLake lake, Snapshot snapshot, String table) {
        List<GenericRecord> rows = new ArrayList<>();
        for (Path file : manifestPaths(lake, snapshot, table)) {
            try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(
                            Storage.of(file).input(file))
                    .build()) {
                for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                    rows.add(row);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rows;
    }

    /** The base files that the manifests name. */
    static List<Path> manifestPaths(TestLake lake, Snapshot snapshot, String table) {
        Path folder = lake.lake().snapshotsFolder().resolve(snapshot.id()).resolve(table);
        try (var files = Files.walk(folder)) {
            List<Path> paths = new ArrayList<>();
            for (Path manifest : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.readAllLines(manifest)
                        .forEach(line -> paths.add(folder.getFileSystem().getPath(line.replaceFirst("^file://", ""))));
            }
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
