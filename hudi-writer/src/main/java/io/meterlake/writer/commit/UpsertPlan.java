package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.Slot;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.table.HoodieTableMetaClient;

/**
 * Which base files readings change; nothing is written yet. Base files that the readings don't change are not
 * in it.
 *
 * @param changes in the order of day and bucket
 * @param counts of the readings that belong to base files which do not change
 * @param seen the commits that the base files are of
 */
public record UpsertPlan(List<Change> changes, MergeCounts counts, SeenCommits seen) {
    /**
     * A base file to write.
     *
     * @param present the one that it takes the place of
     * @param fileId of the file group that it belongs to; empty: a new one
     */
    record Change(Slot slot, Optional<HoodieBaseFile> present, Optional<String> fileId) {
        String partitionPath() {
            return partition(slot.day());
        }
    }

    /**
     * Compares the readings with what the table holds.
     *
     * @param check looks for what the table does not hold any more
     * @throws MeterlakeException {@code MISSING_BASE_FILE}, {@code FOREIGN_TABLE}, {@code LAKE_STORAGE}
     */
    public static UpsertPlan of(LakeTable table, SortedReadings readings, BaseFileWriter writer, PresentFiles check)
            throws IOException {
        List<String> partitions = readings.slots().stream()
                .map(slot -> partition(slot.day()))
                .distinct()
                .toList();
        HoodieTableMetaClient metaClient = table.metaClient();
        SeenCommits seen = SeenCommits.of(metaClient);
        Map<String, Map<Integer, HoodieBaseFile>> present = BucketFiles.latest(table, metaClient, partitions);
        Map<PresentFiles.Place, String> lost = check.lost(metaClient, readings.slots(), present);
        List<Change> changes = new ArrayList<>();
        MergeCounts counts = MergeCounts.NONE;
        for (Slot slot : readings.slots()) {
            String partition = partition(slot.day());
            Optional<HoodieBaseFile> file = Optional.ofNullable(
                    present.getOrDefault(partition, new HashMap<>()).get(slot.bucket()));
            if (file.isEmpty()) {
                Optional<String> group =
                        Optional.ofNullable(lost.get(new PresentFiles.Place(partition, slot.bucket())));
                changes.add(new Change(slot, file, group));
                continue;
            }
            MergeCounts ofSlot = writer.compare(path(table, partition, file.get()), readings.windows(slot));
            if (ofSlot.anyWritten()) {
                changes.add(new Change(slot, file, file.map(HoodieBaseFile::getFileId)));
            } else {
                counts = counts.plus(ofSlot);
            }
        }
        return new UpsertPlan(List.copyOf(changes), counts, seen);
    }

    /** What would become of all readings; writes nothing. */
    public MergeCounts countAll(LakeTable table, SortedReadings readings, BaseFileWriter writer) throws IOException {
        MergeCounts all = counts;
        for (Change change : changes) {
            Optional<Path> present = change.present().map(file -> path(table, change.partitionPath(), file));
            all = all.plus(writer.count(present, readings.windows(change.slot())));
        }
        return all;
    }

    static String partition(LocalDate day) {
        return "reading_date=" + day;
    }

    static Path path(LakeTable table, String partition, HoodieBaseFile file) {
        return table.folder().resolve(partition).resolve(file.getFileName());
    }

    /** The days that the changes are of. */
    public List<LocalDate> days() {
        return changes.stream().map(change -> change.slot().day()).distinct().toList();
    }
}
