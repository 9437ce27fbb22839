package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.hudi.common.table.HoodieTableConfig;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.config.HoodieIndexConfig;

/**
 * Changes the number of buckets in a table's properties together with the commit that rewrites its files. The properties
 * and the timeline can't change at once: so the properties first say which commit is going to change the number and to
 * what, and follow when it took effect. For the holder of the lake's lock.
 */
public final class BucketChange {
    private static final String INSTANT = "meterlake.rebucket.instant";
    private static final String BUCKETS = "meterlake.rebucket.buckets";

    private final LakeTable table;

    public BucketChange(LakeTable table) {
        this.table = table;
    }

    /** Notes that a commit, if it takes effect, changes the number. */
    public void announce(String instant, int buckets) {
        Properties properties = new Properties();
        properties.setProperty(INSTANT, instant);
        properties.setProperty(BUCKETS, Integer.toString(buckets));
        HoodieTableMetaClient metaClient = table.metaClient();
        HoodieTableConfig.update(metaClient.getStorage(), metaClient.getMetaPath(), properties);
    }

    /** The number that an announced commit is to change to, whatever became of it. */
    public Optional<Integer> announced() {
        return property(BUCKETS, table.metaClient()).map(Integer::valueOf);
    }

    /**
     * Lets the properties follow a commit that was announced. Changes nothing if none was.
     *
     * @return whether the commit took effect
     * @throws MeterlakeException {@code LAKE_STORAGE} if the timeline does not tell
     */
    public boolean settle() {
        HoodieTableMetaClient metaClient = table.metaClient();
        Optional<String> instant = property(INSTANT, metaClient);
        if (instant.isEmpty()) {
            return false;
        }
        HoodieActiveTimeline timeline = metaClient.getActiveTimeline();
        if (timeline.empty()) {
            // Hudi takes a timeline that it can't list for an empty one, and there was something to rewrite.
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot tell how many buckets " + table.definition().name()
                            + " has: its timeline is empty, and the commit " + instant.get() + " was to change them",
                    "Check that the folder " + metaClient.getTimelinePath() + " is there and that you may read it");
        }
        boolean tookEffect = timeline.filterCompletedInstants().containsInstant(instant.get());
        Properties properties = new Properties();
        if (tookEffect) {
            properties.setProperty(
                    HoodieIndexConfig.BUCKET_INDEX_NUM_BUCKETS.key(),
                    property(BUCKETS, metaClient).orElseThrow());
        }
        HoodieTableConfig.updateAndDeleteProps(
                metaClient.getStorage(), metaClient.getMetaPath(), properties, Set.of(INSTANT, BUCKETS));
        return tookEffect;
    }

    private static Optional<String> property(String name, HoodieTableMetaClient metaClient) {
        return Optional.ofNullable(metaClient.getTableConfig().getProps().getProperty(name));
    }
}
