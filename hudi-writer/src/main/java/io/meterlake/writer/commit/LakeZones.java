package io.meterlake.writer.commit;

import io.meterlake.lake.LakeFiles;
import io.meterlake.lake.LakeTable;
import io.meterlake.reading.Series;
import io.meterlake.writer.parquet.ZonesOfFile;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ChannelZones;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hudi.common.model.HoodieBaseFile;

/**
 * Looks up in which zones the lake holds the channels of a file. A key is looked for in the partition of its day only,
 * and the zone decides the day; so a channel must not come in two zones. Footers tell whether a base file has the one
 * zone that the readings have, and only where they don't is anything read. For the holder of the lake's lock.
 */
public final class LakeZones {
    /** Above so many series, naming their buckets costs more than a look at all buckets. */
    private static final int SOME = 1000;

    private final LakeTable table;
    private final int buckets;

    public LakeZones(LakeTable table, int buckets) {
        this.table = table;
        this.buckets = buckets;
    }

    /**
     * The zones of these series' channels on these days and those beside them: whatever a zone is, its day of an instant
     * is at most one beside that of UTC.
     *
     * @param utcDays counted from 1970-01-01
     */
    public ChannelZones of(Collection<Series> series, BitSet utcDays) throws IOException {
        List<Path> files = files(series, utcDays);
        if (files.isEmpty() || allAreOf(zone(series), files)) {
            return ChannelZones.NONE;
        }
        Set<ChannelKey> channels = new HashSet<>();
        series.forEach(one -> channels.add(ChannelKey.of(one.meterId(), one.channel())));
        ChannelZones zones = new ChannelZones();
        for (Path file : files) {
            ZonesOfFile.channels(file, (channel, zone, start) -> {
                if (channels.contains(channel)) {
                    zone(zone).ifPresent(known -> zones.add(channel, known));
                }
            });
        }
        if (zones.anyMixed()) {
            addIntervals(zones, files);
        }
        return zones;
    }

    private static void addIntervals(ChannelZones zones, List<Path> files) throws IOException {
        for (Path file : files) {
            ZonesOfFile.intervals(file, (channel, zone, start) -> {
                if (zones.isMixed(channel)) {
                    zone(zone).ifPresent(known -> zones.addInterval(channel, start, known));
                }
            });
        }
    }

    /** The base files that could hold readings of these channels and days. */
    private List<Path> files(Collection<Series> series, BitSet utcDays) {
        BitSet days = new BitSet();
        utcDays.stream().forEach(day -> days.set(Math.max(day - 1, 0), day + 2));
        // The day before 1970 is one, too; the reading's own partition is never before it.
        List<String> partitions = new ArrayList<>();
        if (utcDays.get(0)) {
            partitions.add(UpsertPlan.partition(LocalDate.ofEpochDay(-1)));
        }
        days.stream().mapToObj(LocalDate::ofEpochDay).map(UpsertPlan::partition).forEach(partitions::add);
        partitions.removeIf(partition -> !LakeFiles.isFolder(table.folder().resolve(partition)));
        if (partitions.isEmpty()) {
            return List.of();
        }
        Optional<Set<Integer>> some = buckets(series);
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, Map<Integer, HoodieBaseFile>> partition :
                BucketFiles.latest(table, partitions).entrySet()) {
            partition.getValue().forEach((bucket, file) -> {
                if (some.isEmpty() || some.get().contains(bucket)) {
                    files.add(UpsertPlan.path(table, partition.getKey(), file));
                }
            });
        }
        return files;
    }

    /** Empty if it may be all. */
    private Optional<Set<Integer>> buckets(Collection<Series> series) {
        if (series.size() > SOME) {
            return Optional.empty();
        }
        Set<Integer> some = new HashSet<>();
        series.forEach(
                one -> some.add(ChannelKey.of(one.meterId(), one.channel()).bucket(buckets)));
        return Optional.of(some);
    }

    /** The one zone of all series. */
    private static Optional<ZoneId> zone(Collection<Series> series) {
        ZoneId zone = series.iterator().next().marketZone();
        return series.stream().allMatch(one -> ChannelZones.sameDays(one.marketZone(), zone))
                ? Optional.of(zone)
                : Optional.empty();
    }

    private static boolean allAreOf(Optional<ZoneId> zone, List<Path> files) throws IOException {
        if (zone.isEmpty()) {
            return false;
        }
        for (Path file : files) {
            Optional<ZoneId> only = ZonesOfFile.only(file).flatMap(LakeZones::zone);
            if (only.isEmpty() || !ChannelZones.sameDays(only.get(), zone.get())) {
                return false;
            }
        }
        return true;
    }

    /** Another program may have written what is no zone. */
    private static Optional<ZoneId> zone(String id) {
        try {
            return Optional.of(ZoneId.of(id));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
