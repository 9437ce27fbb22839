package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.config.RecordMergeMode;
import org.apache.hudi.common.model.DefaultHoodieRecordPayload;
import org.apache.hudi.common.model.HoodieAvroRecord;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.FileSystemViewManager;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.config.HoodieIndexConfig;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.hadoop.fs.HadoopFSUtils;
import org.apache.hudi.index.HoodieIndex;
import org.apache.hudi.keygen.constant.KeyGeneratorType;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/**
 * A table with the columns, keys and order of {@code meter_readings} that Hudi's own Java client writes, record by
 * record: what ours is compared with. It knows nothing of our writer.
 */
public final class StockReadings implements AutoCloseable {
    private static final TableDefinition TABLE = LakeTables.METER_READINGS;

    private final Path folder;
    private final HoodieJavaEngineContext context;
    private final RowCodec codec = new RowCodec(TABLE);
    private final HoodieJavaWriteClient<DefaultHoodieRecordPayload> client;

    public StockReadings(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.context = new HoodieJavaEngineContext(
                new HadoopStorageConfiguration(Storage.of(folder).hadoop()));
        HoodieTableMetaClient.newTableBuilder()
                .setTableType(HoodieTableType.COPY_ON_WRITE)
                .setTableName(TABLE.name())
                .setTableCreateSchema(TABLE.schema().toString())
                .setRecordKeyFields(String.join(",", TABLE.key()))
                .setPartitionFields(TABLE.partition())
                .setHiveStylePartitioningEnable(true)
                .setOrderingFields(TABLE.ordering())
                .setRecordMergeMode(RecordMergeMode.EVENT_TIME_ORDERING)
                .setKeyGeneratorType(KeyGeneratorType.COMPLEX.name())
                .initTable(context.getStorageConf().newInstance(), basePath());
        this.client = new HoodieJavaWriteClient<>(
                context,
                HoodieWriteConfig.newBuilder()
                        .withPath(basePath())
                        .forTable(TABLE.name())
                        .withSchema(TABLE.schema().toString())
                        .withParallelism(1, 1)
                        .withEmbeddedTimelineServerEnabled(false)
                        .withIndexConfig(HoodieIndexConfig.newBuilder()
                                .withIndexType(HoodieIndex.IndexType.SIMPLE)
                                .build())
                        .withMetadataConfig(
                                HoodieMetadataConfig.newBuilder().enable(false).build())
                        .build());
    }

    private String basePath() {
        return Storage.of(folder).location(folder);
    }

    /** Upserts rows of which no two have the same key, in one commit. */
    public void upsert(Collection<Map<String, @Nullable Object>> rows) {
        List<HoodieRecord<DefaultHoodieRecordPayload>> records = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            GenericRecord avro = codec.encode(row);
            Comparable<?> order = (Comparable<?>) requireNonNull(avro.get(TABLE.ordering()));
            String day = "reading_date=" + row.get("reading_date");
            records.add(
                    new HoodieAvroRecord<>(new HoodieKey(key(row), day), new DefaultHoodieRecordPayload(avro, order)));
        }
        String instant = client.startCommit();
        List<WriteStatus> statuses = client.upsert(records, instant);
        client.commit(instant, statuses);
    }

    private static String key(Map<String, @Nullable Object> row) {
        return "meter_id:%s,channel:%s,interval_start_us:%s"
                .formatted(row.get("meter_id"), row.get("channel"), row.get("interval_start_us"));
    }

    /** What a reader sees, by key. */
    public Map<String, Map<String, @Nullable Object>> rows() {
        HoodieTableMetaClient metaClient = HoodieTableMetaClient.builder()
                .setConf(context.getStorageConf().newInstance())
                .setBasePath(basePath())
                .build();
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        try (HoodieTableFileSystemView view = FileSystemViewManager.createInMemoryFileSystemView(
                context,
                metaClient,
                HoodieMetadataConfig.newBuilder().enable(false).build())) {
            view.loadAllPartitions();
            for (HoodieBaseFile file : view.getLatestBaseFiles().toList()) {
                read(
                        Path.of(HadoopFSUtils.convertToHadoopPath(file.getStoragePath())
                                .toUri()
                                .getPath()),
                        rows);
            }
        }
        return rows;
    }

    private void read(Path file, Map<String, Map<String, @Nullable Object>> rows) {
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(
                        Storage.of(file).input(file))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                rows.put(row.get("_hoodie_record_key").toString(), codec.decode(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
