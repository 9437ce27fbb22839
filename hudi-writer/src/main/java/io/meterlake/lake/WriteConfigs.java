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

    /** @param replaced whether a commit of the active timeline replaced file groups */
    static HoodieWriteConfig of(TableDefinition table, String basePath, LakeConfig config, boolean replaced) {
        int keepMin = keepMinCommits(config);
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
                .withCleanConfig(cleaner(config.cleaner())
                        .withAutoClean(true)
                        // Hudi looks at the partitions only that have changed since its last clean. Files of replaced
                        // groups that a savepoint kept then could outlive the commit that says they are replaced, in
                        // the archive, and be read again.
                        .withIncrementalCleaningMode(!replaced)
                        // One writer at a time: what is not completed when it starts was left by one that died.
                        .withFailedWritesCleaningPolicy(HoodieFailedWritesCleaningPolicy.EAGER)
                        .build())
                .withArchivalConfig(HoodieArchivalConfig.newBuilder()
                        .archiveCommitsWith(keepMin, mostActive(keepMin))
                        // Every commit after the oldest savepoint has to stay in the active timeline: Hudi 1.2's view
                        // takes an archived one for a commit that never completed, and hides its files.
                        .withArchiveBeyondSavepoint(false)
                        .build())
                .withStorageConfig(HoodieStorageConfig.newBuilder()
                        .parquetCompressionCodec("zstd")
                        .build())
                .build();
    }

    /** The active timeline is shortened when it has two fifths more commits than it keeps at least. */
    private static int mostActive(int keepMin) {
        return keepMin + keepMin * 2 / 5;
    }

    private static HoodieCleanConfig.Builder cleaner(CleanerPolicy policy) {
        HoodieCleanConfig.Builder clean = HoodieCleanConfig.newBuilder();
        return switch (policy) {
            case CleanerPolicy.Hours(int hours) ->
                clean.withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_BY_HOURS)
                        .cleanerNumHoursRetained(hours);
            case CleanerPolicy.Commits(int commits) ->
                clean.withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_COMMITS)
                        .retainCommits(commits);
            case CleanerPolicy.Versions(int versions) ->
                clean.withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_FILE_VERSIONS)
                        .retainFileVersions(versions);
        };
    }

    /** Hudi refuses to archive commits that its cleaner counts. */
    private static int keepMinCommits(LakeConfig config) {
        return config.cleaner() instanceof CleanerPolicy.Commits(int commits)
                ? Math.max(config.activeCommits(), commits + 1)
                : config.activeCommits();
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
