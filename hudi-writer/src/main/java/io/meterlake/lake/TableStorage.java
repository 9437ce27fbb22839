package io.meterlake.lake;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.config.RecordMergeMode;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.model.HoodieTimelineTimeZone;
import org.apache.hudi.common.table.HoodieTableConfig;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.HoodieTableVersion;
import org.apache.hudi.config.HoodieIndexConfig;
import org.apache.hudi.index.HoodieIndex;
import org.apache.hudi.keygen.constant.KeyGeneratorType;

/** A table's folder: its creation, and its properties. */
final class TableStorage {
    private TableStorage() {}

    static String basePath(Path folder) {
        return Storage.of(folder).location(folder);
    }

    static HoodieTableMetaClient metaClient(HoodieJavaEngineContext context, Path folder) {
        return HoodieTableMetaClient.builder()
                .setConf(context.getStorageConf().newInstance())
                .setBasePath(basePath(folder))
                .setLoadActiveTimelineOnLoad(true)
                .build();
    }

    static boolean exists(Path folder) {
        Path meta = folder.resolve(HoodieTableMetaClient.METAFOLDER_NAME);
        return LakeFiles.exists(meta.resolve(HoodieTableConfig.HOODIE_PROPERTIES_FILE))
                || LakeFiles.exists(meta.resolve(HoodieTableConfig.HOODIE_PROPERTIES_FILE_BACKUP));
    }

    /** Whether nothing is left to {@linkplain #create create}. */
    static boolean isComplete(TableDefinition table, LakeConfig config, HoodieJavaEngineContext context) {
        Path folder = config.root().resolve(table.name());
        if (!exists(folder)) {
            return false;
        }
        HoodieTableMetaClient metaClient = metaClient(context, folder);
        refuseForeign(table, metaClient);
        return !(table.layout() instanceof TableLayout.Bucketed) || hasBuckets(metaClient);
    }

    private static boolean hasBuckets(HoodieTableMetaClient metaClient) {
        return metaClient.getTableConfig().getProps().containsKey(HoodieIndexConfig.BUCKET_INDEX_NUM_BUCKETS.key());
    }

    /** Creates the table if it is missing, also where an earlier creation was cut off. */
    static void create(TableDefinition table, LakeConfig config, HoodieJavaEngineContext context) {
        Path folder = config.root().resolve(table.name());
        try {
            if (!exists(folder)) {
                Files.createDirectories(folder);
                initialise(table, context, folder);
            }
            HoodieTableMetaClient metaClient = metaClient(context, folder);
            refuseForeign(table, metaClient);
            if (table.layout() instanceof TableLayout.Bucketed(String hashColumn) && !hasBuckets(metaClient)) {
                fixBuckets(table, metaClient, hashColumn, config.buckets());
            }
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot create the table " + table.name() + " in " + folder + ": " + FailedIo.reason(e),
                    "Check that there is room on the disk and that you may write to the folder",
                    e);
        }
    }

    private static void initialise(TableDefinition table, HoodieJavaEngineContext context, Path folder)
            throws IOException {
        KeyGeneratorType keys =
                table.partitionColumn().isPresent() ? KeyGeneratorType.COMPLEX : KeyGeneratorType.NON_PARTITION;
        HoodieTableMetaClient.newTableBuilder()
                .setTableType(HoodieTableType.COPY_ON_WRITE)
                .setTableName(table.name())
                .setTableVersion(HoodieTableVersion.NINE)
                .setTableCreateSchema(table.schema().toString())
                .setRecordKeyFields(String.join(",", table.key()))
                .setPartitionFields(table.partition())
                .setHiveStylePartitioningEnable(true)
                .setOrderingFields(table.ordering())
                .setRecordMergeMode(
                        table.orderingColumn().isPresent()
                                ? RecordMergeMode.EVENT_TIME_ORDERING
                                : RecordMergeMode.COMMIT_TIME_ORDERING)
                .setBaseFileFormat("PARQUET")
                .setPopulateMetaFields(true)
                .setKeyGeneratorType(keys.name())
                .setCommitTimezone(HoodieTimelineTimeZone.UTC)
                .initTable(context.getStorageConf().newInstance(), basePath(folder));
    }

    /**
     * Hudi does not keep the choice of an index by itself. With these properties Spark's upsert and MERGE find a row's
     * file as we do.
     */
    private static void fixBuckets(
            TableDefinition table, HoodieTableMetaClient metaClient, String hashColumn, int buckets) {
        if (!metaClient.getCommitsTimeline().empty()) {
            throw new MeterlakeException(
                    LakeErrorCode.FOREIGN_TABLE,
                    "Cannot use the table " + table.name() + " in " + metaClient.getBasePath()
                            + ": it has commits, and its hoodie.properties does not say how many buckets it has",
                    "Move the folder away and ingest the files again, or use another lake folder");
        }
        Properties properties = new Properties();
        properties.setProperty(HoodieIndexConfig.INDEX_TYPE.key(), HoodieIndex.IndexType.BUCKET.name());
        properties.setProperty(
                HoodieIndexConfig.BUCKET_INDEX_ENGINE_TYPE.key(), HoodieIndex.BucketIndexEngineType.SIMPLE.name());
        properties.setProperty(HoodieIndexConfig.BUCKET_INDEX_NUM_BUCKETS.key(), Integer.toString(buckets));
        properties.setProperty(HoodieIndexConfig.BUCKET_INDEX_HASH_FIELD.key(), hashColumn);
        HoodieTableConfig.update(metaClient.getStorage(), metaClient.getMetaPath(), properties);
    }

    private static void refuseForeign(TableDefinition table, HoodieTableMetaClient metaClient) {
        HoodieTableConfig config = metaClient.getTableConfig();
        boolean ours = config.getTableVersion() == HoodieTableVersion.NINE
                && metaClient.getTableType() == HoodieTableType.COPY_ON_WRITE
                && config.getTimelineTimezone() == HoodieTimelineTimeZone.UTC
                && table.key()
                        .equals(config.getRecordKeyFields()
                                .map(java.util.List::of)
                                .orElse(java.util.List.of()));
        if (!ours) {
            throw new MeterlakeException(
                    LakeErrorCode.FOREIGN_TABLE,
                    "Cannot use the table %s in %s: it is a %s table of version %s with the key %s"
                            .formatted(
                                    table.name(),
                                    metaClient.getBasePath(),
                                    metaClient.getTableType(),
                                    config.getTableVersion(),
                                    String.join(",", config.getRecordKeyFields().orElse(new String[0]))),
                    "Use another lake folder");
        }
    }

    static int buckets(HoodieTableMetaClient metaClient) {
        String text =
                metaClient.getTableConfig().getProps().getProperty(HoodieIndexConfig.BUCKET_INDEX_NUM_BUCKETS.key());
        if (text == null) {
            throw new IllegalStateException("not a bucketed table: " + metaClient.getBasePath());
        }
        return Integer.parseInt(text);
    }
}
