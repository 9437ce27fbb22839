package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.LakeFiles;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.upsert.Slot;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieFileGroupId;
import org.apache.hudi.common.model.HoodiePartitionMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.storage.StoragePath;

/**
 * Finds out whether the base files that readings are to be merged with are the ones that the commits wrote last. Only
 * commits that can have written a later one are read: none older than the file that was found, or, where there is none,
 * than the folder that it would lie in. For the holder of the lake's lock.
 */
public final class PresentFiles {
    private final LakeTable table;
    private final Predicate<LocalDate> registered;
    private final CommittedFiles committed;
    private final boolean refuses;

    private PresentFiles(LakeTable table, Predicate<LocalDate> registered, boolean refuses) {
        this.table = table;
        this.registered = registered;
        this.committed = new CommittedFiles(table);
        this.refuses = refuses;
    }

    /**
     * For those who merge only with what was committed last.
     *
     * @param registered whether the metastore has the day: a day of which it knows and that has no folder is not a new one,
     *     or one of which nothing was committed
     */
    public static PresentFiles refusingOlder(LakeTable table, Predicate<LocalDate> registered) {
        return new PresentFiles(table, registered, true);
    }

    /** For those who go on from what is there. */
    public static PresentFiles takingOlder(LakeTable table, Predicate<LocalDate> registered) {
        return new PresentFiles(table, registered, false);
    }

    /**
     * Looks for files behind which a later one is missing, and refuses them.
     *
     * @param present what was found, by partition and bucket
     * @return the ids of the file groups of what is missing, by its place: what is written there belongs to the same group,
     *     or the file that is lost would stay the newest of one
     * @throws MeterlakeException {@code MISSING_BASE_FILE}, {@code LAKE_STORAGE}
     */
    Map<Place, String> lost(
            HoodieTableMetaClient metaClient,
            Collection<Slot> slots,
            Map<String, Map<Integer, HoodieBaseFile>> present) {
        Map<Place, CommittedFiles.Written> lost = missing(metaClient, slots, present);
        if (refuses && !lost.isEmpty()) {
            throw WholeTable.missing(
                    "merge readings into " + table.definition().name(),
                    table,
                    lost.values().stream()
                            .map(file -> committed
                                    .missingFile(file.partition(), file.fileName())
                                    .text())
                            .toList());
        }
        Map<Place, String> ids = new HashMap<>();
        lost.forEach((place, file) -> ids.put(place, file.group().getFileId()));
        return ids;
    }

    /** Where a base file lies, or would. */
    record Place(String partition, int bucket) {}

    /** Each place, and the first commit that can have written a later file there than the one that was found. */
    private Map<Place, String> open(
            HoodieTableMetaClient metaClient,
            Collection<Slot> slots,
            Map<String, Map<Integer, HoodieBaseFile>> present) {
        Map<Place, String> open = new HashMap<>();
        for (Slot slot : slots) {
            String partition = UpsertPlan.partition(slot.day());
            HoodieBaseFile found = present.getOrDefault(partition, Map.of()).get(slot.bucket());
            Optional<String> from = found == null ? made(metaClient, slot.day()) : Optional.of(found.getCommitTime());
            from.ifPresent(commit -> open.put(new Place(partition, slot.bucket()), commit));
        }
        return open;
    }

    /** The commit that made a day's folder; empty if nothing can have been committed there. */
    private Optional<String> made(HoodieTableMetaClient metaClient, LocalDate day) {
        String partition = UpsertPlan.partition(day);
        StoragePath folder = new StoragePath(metaClient.getBasePath(), partition);
        if (HoodiePartitionMetadata.hasPartitionMetadata(metaClient.getStorage(), folder)) {
            return Optional.of(new HoodiePartitionMetadata(metaClient.getStorage(), folder)
                    .readPartitionCreatedCommitTime()
                    .orElse(""));
        }
        if (LakeFiles.isFolder(table.folder().resolve(partition))) {
            // The metastore makes a folder for a day that it is told of; what was there before may be of any age.
            return Optional.of("");
        }
        return registered.test(day) ? Optional.of("") : Optional.empty();
    }

    private Map<Place, CommittedFiles.Written> missing(
            HoodieTableMetaClient metaClient,
            Collection<Slot> slots,
            Map<String, Map<Integer, HoodieBaseFile>> present) {
        Map<Place, String> open = open(metaClient, slots, present);
        Map<Place, CommittedFiles.Written> missing =
                new TreeMap<>(Comparator.comparing(Place::partition).thenComparingInt(Place::bucket));
        Set<HoodieFileGroupId> replaced = new HashSet<>();
        for (HoodieInstant instant : CommittedFiles.newestFirst(metaClient)) {
            open.values().removeIf(from -> from.compareTo(instant.requestedTime()) > 0);
            if (open.isEmpty()) {
                break;
            }
            CommittedFiles.Commit commit = committed.read(metaClient, instant);
            for (CommittedFiles.Written file : commit.written()) {
                OptionalInt bucket = BucketFiles.bucket(file.group().getFileId());
                if (bucket.isEmpty() || replaced.contains(file.group())) {
                    continue;
                }
                Place place = new Place(file.partition(), bucket.getAsInt());
                if (open.remove(place) != null && !isFound(file, present, place)) {
                    missing.put(place, file);
                }
            }
            replaced.addAll(commit.replaced());
        }
        return missing;
    }

    private static boolean isFound(
            CommittedFiles.Written file, Map<String, Map<Integer, HoodieBaseFile>> present, Place place) {
        HoodieBaseFile found = present.getOrDefault(place.partition(), Map.of()).get(place.bucket());
        return found != null && found.getFileName().equals(file.fileName());
    }
}
