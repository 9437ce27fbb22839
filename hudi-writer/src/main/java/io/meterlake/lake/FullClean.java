package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hudi.avro.model.HoodieActionInstant;
import org.apache.hudi.avro.model.HoodieCleanFileInfo;
import org.apache.hudi.avro.model.HoodieCleanerPlan;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.model.HoodieCleaningPolicy;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.util.CleanerUtils;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.exception.HoodieException;
import org.apache.hudi.table.HoodieJavaTable;
import org.apache.hudi.table.action.clean.CleanPlanner;

/**
 * A clean of all partitions of a table. Which files go is Hudi's own choice ({@link CleanPlanner}), and Hudi deletes
 * them; only that it looks at all, and at every partition, is decided here: Hudi skips a clean when nothing was committed
 * since the last one, also if a savepoint was deleted meanwhile. Unlike Hudi, it never deletes the folder of a partition
 * without live files: files of snapshots may lie there.
 */
final class FullClean {
    private final LakeTable table;
    private final HoodieWriteConfig config;
    private final HoodieJavaEngineContext context;

    FullClean(LakeTable table, HoodieWriteConfig config, HoodieJavaEngineContext context) {
        this.table = table;
        this.config = config;
        this.context = context;
    }

    CleanedSpace run() {
        try (HoodieJavaWriteClient<?> client = new HoodieJavaWriteClient<>(context, config)) {
            Map<Path, Long> before = baseFiles();
            table.requireLocks();
            // Goes on with a clean that was cut off; otherwise it is what the next commit would do.
            client.clean();
            if (plan(client)) {
                table.requireLocks();
                client.clean();
            }
            baseFiles().keySet().forEach(before::remove);
            return new CleanedSpace(
                    table.definition().name(),
                    before.size(),
                    before.values().stream().mapToLong(Long::longValue).sum());
        } catch (HoodieException | IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot clean the table " + table.definition().name() + ": " + e.getMessage(),
                    "Check that you may write to the lake's folder, and run the command again",
                    e);
        }
    }

    /** Plans the clean of all partitions, if there is anything to delete. */
    private boolean plan(HoodieJavaWriteClient<?> client) throws IOException {
        HoodieJavaTable<?> hudi = HoodieJavaTable.create(config, context);
        CleanPlanner<?, ?, ?, ?> planner = new CleanPlanner<>(context, hudi, config);
        Option<HoodieInstant> earliest = planner.getEarliestCommitToRetain();
        boolean byVersions = config.getCleanerPolicy() == HoodieCleaningPolicy.KEEP_LATEST_FILE_VERSIONS;
        if (!byVersions && earliest.isEmpty()) {
            // No commit is as young as the policy says, or there are too few: Hudi's planner takes nothing then.
            return false;
        }
        Map<String, List<HoodieCleanFileInfo>> doomed = new HashMap<>();
        for (String partition : table.partitionPaths()) {
            List<HoodieCleanFileInfo> files = CleanerUtils.convertToHoodieCleanFileInfoList(
                    planner.getDeletePaths(partition, earliest).getValue());
            if (!files.isEmpty()) {
                doomed.put(partition, files);
            }
        }
        if (doomed.isEmpty()) {
            return false;
        }
        HoodieTableMetaClient metaClient = hudi.getMetaClient();
        HoodieCleanerPlan plan = new HoodieCleanerPlan(
                earliest.map(instant -> new HoodieActionInstant(
                                instant.requestedTime(),
                                instant.getAction(),
                                instant.getState().name()))
                        .orElse(null),
                planner.getLastCompletedCommitTimestamp(),
                config.getCleanerPolicy().name(),
                new HashMap<>(),
                CleanPlanner.LATEST_CLEAN_PLAN_VERSION,
                doomed,
                new ArrayList<>(),
                savepoints(hudi));
        metaClient
                .getActiveTimeline()
                .saveToCleanRequested(
                        metaClient.createNewInstant(
                                HoodieInstant.State.REQUESTED,
                                HoodieTimeline.CLEAN_ACTION,
                                client.createNewInstantTime(false)),
                        Option.of(plan));
        return true;
    }

    /** By these, Hudi's next clean sees that a savepoint was deleted since. */
    private static Map<String, String> savepoints(HoodieJavaTable<?> hudi) {
        return hudi.isPartitioned() && !hudi.getSavepointTimestamps().isEmpty()
                ? Map.of(CleanerUtils.SAVEPOINTED_TIMESTAMPS, String.join(",", hudi.getSavepointTimestamps()))
                : Map.of();
    }

    private Map<Path, Long> baseFiles() throws IOException {
        return Storage.of(table.folder()).filesBelow(table.folder(), ".parquet");
    }
}
