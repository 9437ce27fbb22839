package io.meterlake.lake;

import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.config.HoodieStorageConfig;
import org.apache.hudi.common.engine.EngineType;
import org.apache.hudi.common.model.HoodieCleaningPolicy;
import org.apache.hudi.common.model.HoodieFailedWritesCleaningPolicy;
import org.apache.hudi.common.table.marker.MarkerType;
import org.apache.hudi.config.HoodieArchivalConfig;
import org.apache.hudi.config.HoodieCleanConfig;
import org.apache.hudi.config.HoodieIndexConfig;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.index.HoodieIndex;

/** How Hudi's client writes. See docs/decisions/0002-hudi-table-services.md for the reasons. */
final class WriteConfigs {
    private static final int PARALLELISM = 2;
    /** The active timeline keeps at least so many commits, and is shortened when it has more than the second number. */
    private static final int KEEP_MIN_COMMITS = 50;

    private static final int KEEP_MAX_COMMITS = 70;

    private WriteConfigs() {}

    static HoodieWriteConfig of(TableDefinition table, String basePath, LakeConfig config) {
        return HoodieWriteConfig.newBuilder()
                .withPath(basePath)
                .withSchema(table.schema().toString())
                .withEngineType(EngineType.JAVA)
                .forTable(table.name())
                .withParallelism(PARALLELISM, PARALLELISM)
                .withDeleteParallelism(PARALLELISM)
                .withEmbeddedTimelineServerEnabled(false)
                .withMarkersType(MarkerType.DIRECT.name())
                .withIndexConfig(index(table))
                .withMetadataConfig(
                        HoodieMetadataConfig.newBuilder().enable(false).build())
                .withCleanConfig(HoodieCleanConfig.newBuilder()
                        .withAutoClean(true)
                        .withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_BY_HOURS)
                        .cleanerNumHoursRetained(config.retentionHours())
                        // One writer at a time: what is not completed when it starts was left by one that died.
                        .withFailedWritesCleaningPolicy(HoodieFailedWritesCleaningPolicy.EAGER)
                        .build())
                .withArchivalConfig(HoodieArchivalConfig.newBuilder()
                        .archiveCommitsWith(KEEP_MIN_COMMITS, KEEP_MAX_COMMITS)
                        .build())
                .withStorageConfig(HoodieStorageConfig.newBuilder()
                        .parquetCompressionCodec("zstd")
                        .build())
                .build();
    }

    private static HoodieIndexConfig index(TableDefinition table) {
        HoodieIndexConfig.Builder index = HoodieIndexConfig.newBuilder();
        if (table.partitionColumn().isPresent()) {
            // A key keeps the partition that it was first written to: a file that is tried again on a later day must
            // not leave its rejects in two days. For meter_readings Hudi's client has no say in the matter.
            return index.withIndexType(HoodieIndex.IndexType.GLOBAL_SIMPLE)
                    .withGlobalSimpleIndexUpdatePartitionPath(false)
                    .build();
        }
        return index.withIndexType(HoodieIndex.IndexType.SIMPLE).build();
    }
}
