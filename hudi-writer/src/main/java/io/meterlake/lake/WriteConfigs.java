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
                .withCleanConfig(retention(config.retentionHours())
                        .withAutoClean(true)
                        // One writer at a time: what is not completed when it starts was left by one that died.
                        .withFailedWritesCleaningPolicy(HoodieFailedWritesCleaningPolicy.EAGER)
                        .build())
                .withArchivalConfig(HoodieArchivalConfig.newBuilder()
                        .archiveCommitsWith(config.activeCommits(), mostActive(config))
                        // Or the oldest snapshot would keep every later commit in the active timeline, for years.
                        .withArchiveBeyondSavepoint(true)
                        .build())
                .withStorageConfig(HoodieStorageConfig.newBuilder()
                        .parquetCompressionCodec("zstd")
                        .build())
                .build();
    }

    /** The active timeline is shortened when it has two fifths more commits than it keeps at least. */
    private static int mostActive(LakeConfig config) {
        return config.activeCommits() + config.activeCommits() * 2 / 5;
    }

    private static HoodieCleanConfig.Builder retention(int hours) {
        HoodieCleanConfig.Builder clean = HoodieCleanConfig.newBuilder();
        return hours == 0
                // By hours, Hudi looks for the first commit after this moment, finds none, and never cleans anything.
                ? clean.withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_FILE_VERSIONS)
                        .retainFileVersions(1)
                : clean.withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_BY_HOURS)
                        .cleanerNumHoursRetained(hours);
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
