package io.meterlake.writer.commit;

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

/**
 * Which base files a file's readings change, and what becomes of them; nothing is written yet. Base files that the
 * readings don't change are not in it.
 *
 * @param changes in the order of day and bucket
 * @param counts of all readings, those that change nothing among them
 */
public record UpsertPlan(List<Change> changes, MergeCounts counts) {
    /**
     * A base file to write.
     *
     * @param present the one that it takes the place of
     */
    record Change(Slot slot, Optional<HoodieBaseFile> present) {
        String partitionPath() {
            return partition(slot.day());
        }
    }

    /** Compares the readings with what the table holds. */
    public static UpsertPlan of(LakeTable table, SortedReadings readings, BaseFileWriter writer) throws IOException {
        List<String> partitions = readings.slots().stream()
                .map(slot -> partition(slot.day()))
                .distinct()
                .toList();
        Map<String, Map<Integer, HoodieBaseFile>> present = BucketFiles.latest(table, partitions);
        List<Change> changes = new ArrayList<>();
        MergeCounts counts = MergeCounts.NONE;
        for (Slot slot : readings.slots()) {
            String partition = partition(slot.day());
            Optional<HoodieBaseFile> file = Optional.ofNullable(
                    present.getOrDefault(partition, new HashMap<>()).get(slot.bucket()));
            MergeCounts ofSlot = file.isEmpty()
                    ? new MergeCounts(slot.size(), 0, 0, 0)
                    : writer.compare(file.map(base -> path(table, partition, base)), readings.columns(slot));
            counts = counts.plus(ofSlot);
            if (ofSlot.anyWritten()) {
                changes.add(new Change(slot, file));
            }
        }
        return new UpsertPlan(List.copyOf(changes), counts);
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
