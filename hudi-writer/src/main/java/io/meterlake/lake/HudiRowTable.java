package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.common.model.HoodieAvroRecord;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.OverwriteWithLatestAvroPayload;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.exception.HoodieException;
import org.apache.hudi.keygen.KeyGenerator;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/** A small table by Hudi's own Java client. */
final class HudiRowTable implements RowTable {
    private final Lake lake;
    private final LakeTable table;
    private final RowCodec codec;

    HudiRowTable(Lake lake, LakeTable table) {
        this.lake = lake;
        this.table = table;
        this.codec = new RowCodec(table.definition());
    }

    @Override
    public TableDefinition definition() {
        return table.definition();
    }

    @Override
    public void upsert(List<? extends Map<String, ? extends @Nullable Object>> rows, Map<String, String> metadata) {
        refuseOthers();
        if (rows.isEmpty()) {
            return;
        }
        List<HoodieRecord<OverwriteWithLatestAvroPayload>> records = new ArrayList<>();
        Set<String> days = new TreeSet<>();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            GenericRecord avro = codec.encode(row);
            table.definition()
                    .partitionColumn()
                    .ifPresent(
                            column -> days.add(requireNonNull(row.get(column)).toString()));
            records.add(new HoodieAvroRecord<>(
                    new HoodieKey(key(row), partition(row)), new OverwriteWithLatestAvroPayload(Option.of(avro))));
        }
        locked(() -> {
            lake.registerPartitions(table.definition(), days);
            write(metadata, (client, instant) -> client.upsert(records, instant));
        });
    }

    @Override
    public void delete(List<? extends Map<String, ? extends @Nullable Object>> keys, Map<String, String> metadata) {
        refuseOthers();
        Set<String> wanted = new HashSet<>();
        keys.forEach(key -> wanted.add(key(key)));
        locked(() -> {
            // Hudi empties the list that it is given.
            List<HoodieKey> present = new ArrayList<>(rows().stream()
                    .filter(row -> wanted.contains(key(row)))
                    .map(row -> new HoodieKey(key(row), partition(row)))
                    .toList());
            if (!present.isEmpty()) {
                write(metadata, (client, instant) -> client.delete(present, instant));
            }
        });
    }

    /** A data table's commits and cleans are none of a pin's moment; a bookkeeping table is written at any time. */
    private void locked(Runnable work) {
        if (LakeTables.BOOKKEEPING.contains(table.definition())) {
            try (TableLock lock = TableLock.acquire(
                    lake.config().root(),
                    table.definition().name(),
                    lake.config().writerWait())) {
                requireNonNull(lock);
                work.run();
            }
        } else {
            try (WriterLock writer = lake.lock();
                    CommitLock commit = lake.commitLock()) {
                requireNonNull(writer);
                requireNonNull(commit);
                work.run();
            }
        }
    }

    private void requireLocks() {
        table.requireLocks();
        TableLock.requireHeldIfTaken(lake.config().root(), table.definition().name());
    }

    private interface Write {
        List<WriteStatus> apply(HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client, String instant);
    }

    private void write(Map<String, String> metadata, Write write) {
        try (HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client = table.rowClient()) {
            String instant = client.startCommit();
            List<WriteStatus> statuses = write.apply(client, instant);
            for (WriteStatus status : statuses) {
                if (status.hasErrors()) {
                    throw new HoodieException("rows could not be written: " + status.getErrors());
                }
            }
            requireLocks();
            new CommitCompletion(table, instant).run(() -> client.commit(instant, statuses, Option.of(metadata)));
        } catch (HoodieException e) {
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_FAILED,
                    "Cannot write to " + table.definition().name() + ": " + e.getMessage(),
                    "Run the command again; what was left half-written is taken back first",
                    e);
        }
    }

    @Override
    public Optional<String> newest(String key) {
        HoodieTableMetaClient metaClient = table.metaClient();
        return CommittedFiles.newestFirst(metaClient).stream()
                .map(instant -> CommittedFiles.metadata(metaClient, instant))
                .filter(metadata -> metadata.containsKey(key))
                .findFirst()
                .map(metadata -> metadata.get(key));
    }

    @Override
    public List<Map<String, @Nullable Object>> rows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Path file : baseFiles()) {
            try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(
                            Storage.of(file).input(file), new PlainParquetConfiguration())
                    .build()) {
                for (GenericRecord avro = reader.read(); avro != null; avro = reader.read()) {
                    rows.add(codec.decode(avro));
                }
            } catch (IOException e) {
                throw new MeterlakeException(
                        LakeErrorCode.LAKE_STORAGE,
                        "Cannot read " + file + " of " + table.definition().name() + ": " + e,
                        "Check that the file exists and that you may read it",
                        e);
            }
        }
        return rows;
    }

    private List<Path> baseFiles() {
        List<Path> files = new ArrayList<>();
        table.latestBaseFiles(table.partitionPaths())
                .forEach((partition, latest) -> latest.forEach(
                        file -> files.add(table.folder().resolve(partition).resolve(file.getFileName()))));
        return files;
    }

    private void refuseOthers() {
        if (!(table.definition().layout() instanceof TableLayout.Looked)) {
            throw new UnsupportedOperationException(table.definition().name() + " is written by io.meterlake.writer");
        }
    }

    private String key(Map<String, ? extends @Nullable Object> row) {
        List<String> key = table.definition().key();
        if (key.size() == 1) {
            return requireNonNull(row.get(key.getFirst()), "null in the key").toString();
        }
        return KeyGenerator.constructRecordKey(
                key.toArray(new String[0]), (column, index) -> String.valueOf(requireNonNull(row.get(column), column)));
    }

    private String partition(Map<String, ? extends @Nullable Object> row) {
        return table.definition()
                .partitionColumn()
                .map(column -> column + "=" + requireNonNull(row.get(column), column))
                .orElse("");
    }
}
