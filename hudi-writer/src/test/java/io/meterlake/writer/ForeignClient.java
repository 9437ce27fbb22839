package io.meterlake.writer;

import io.meterlake.lake.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.engine.EngineType;
import org.apache.hudi.common.model.HoodieCleaningPolicy;
import org.apache.hudi.common.model.HoodieFailedWritesCleaningPolicy;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.model.OverwriteWithLatestAvroPayload;
import org.apache.hudi.common.table.marker.MarkerType;
import org.apache.hudi.config.HoodieArchivalConfig;
import org.apache.hudi.config.HoodieCleanConfig;
import org.apache.hudi.config.HoodieIndexConfig;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.index.HoodieIndex;
import org.apache.hudi.keygen.constant.KeyGeneratorOptions;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;

/**
 * Hudi's stock client as another program uses it: it knows none of the lake's locks, and leaves alone what others have in
 * flight.
 */
public final class ForeignClient {
    private ForeignClient() {}

    /** One that keeps one version of a file. To be closed. */
    public static HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> cleaning(LakeTable table) {
        return open(
                table,
                HoodieCleanConfig.newBuilder()
                        .withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_FILE_VERSIONS)
                        .retainFileVersions(1));
    }

    /** One that deletes no file. To be closed. */
    static HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> open(LakeTable table) {
        return open(table, HoodieCleanConfig.newBuilder().withAutoClean(false));
    }

    /** A whole commit that deletes a row. */
    static void delete(LakeTable table, String key, String partition) {
        try (HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client = open(table)) {
            delete(client, key, partition);
        }
    }

    /** The same, and all but the last two commits leave the active timeline. */
    static void deleteAndArchive(LakeTable table, String key, String partition) {
        HoodieCleanConfig.Builder clean = HoodieCleanConfig.newBuilder()
                .withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_COMMITS)
                .retainCommits(1);
        try (HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client = open(table, clean)) {
            delete(client, key, partition);
        }
    }

    private static void delete(
            HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> client, String key, String partition) {
        String instant = client.startCommit();
        // Hudi empties the list that it is given.
        client.commit(instant, client.delete(new ArrayList<>(List.of(new HoodieKey(key, partition))), instant));
    }

    private static HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> open(
            LakeTable table, HoodieCleanConfig.Builder clean) {
        HoodieWriteConfig config = HoodieWriteConfig.newBuilder()
                .withPath(table.basePath())
                .withSchema(table.definition().schema().toString())
                .withEngineType(EngineType.JAVA)
                .forTable(table.definition().name())
                .withParallelism(1, 1)
                .withEmbeddedTimelineServerEnabled(false)
                .withMarkersType(MarkerType.DIRECT.name())
                .withMetadataConfig(
                        HoodieMetadataConfig.newBuilder().enable(false).build())
                .withIndexConfig(HoodieIndexConfig.newBuilder()
                        .withIndexType(HoodieIndex.IndexType.SIMPLE)
                        .build())
                // Without it, archiving fails on a table that names its buckets' field.
                .withProps(Map.of(
                        KeyGeneratorOptions.RECORDKEY_FIELD_NAME.key(),
                        String.join(",", table.definition().key())))
                .withArchivalConfig(HoodieArchivalConfig.newBuilder()
                        .archiveCommitsWith(2, 3)
                        .build())
                .withCleanConfig(clean.withFailedWritesCleaningPolicy(HoodieFailedWritesCleaningPolicy.LAZY)
                        .build())
                .build();
        return new HoodieJavaWriteClient<>(
                new HoodieJavaEngineContext(new HadoopStorageConfiguration(new Configuration())), config);
    }
}
