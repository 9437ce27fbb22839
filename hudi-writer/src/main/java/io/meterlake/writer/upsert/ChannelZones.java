package io.meterlake.writer.upsert;

import io.meterlake.reading.Series;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The market zones in which the lake holds the channels of a file, on the days that its readings could be of in any
 * zone. Zones with the same rules have the same days and count as one. To be filled by one thread, then thread-safe.
 */
public final class ChannelZones {
    /** Of a lake that holds none of the channels. */
    public static final ChannelZones NONE = new ChannelZones();

    private final Map<ChannelKey, Map<String, ZoneId>> zones = new HashMap<>();
    private final Map<ChannelKey, Map<Long, Set<String>>> intervals = new HashMap<>();

    /** Adds a zone in which the lake holds readings of a channel. */
    public void add(ChannelKey channel, ZoneId zone) {
        Map<String, ZoneId> known = zones.computeIfAbsent(channel, absent -> new LinkedHashMap<>());
        if (known.values().stream().noneMatch(one -> sameDays(one, zone))) {
            known.put(zone.getId(), zone);
        }
    }

    /** Adds an interval of a channel that has {@linkplain #isMixed several zones}. */
    public void addInterval(ChannelKey channel, long startMicros, ZoneId zone) {
        String known = of(channel).stream()
                .filter(one -> sameDays(one, zone))
                .findFirst()
                .orElseThrow()
                .getId();
        intervals
                .computeIfAbsent(channel, absent -> new HashMap<>())
                .computeIfAbsent(startMicros, absent -> new TreeSet<>())
                .add(known);
    }

    /** The zones of a channel; none if the lake does not hold it on those days. */
    public Collection<ZoneId> of(ChannelKey channel) {
        return zones.getOrDefault(channel, Map.of()).values();
    }

    /** Whether the lake holds a channel in several zones. */
    public boolean isMixed(ChannelKey channel) {
        return of(channel).size() > 1;
    }

    /** Whether any channel has several zones. */
    public boolean anyMixed() {
        return zones.values().stream().anyMatch(known -> known.size() > 1);
    }

    /** Whether a reading in this zone takes the place of the one that the lake holds of its interval, or is the first. */
    public boolean holdsOnlyIn(ChannelKey channel, long startMicros, ZoneId zone) {
        Set<String> known = intervals.getOrDefault(channel, Map.of()).get(startMicros);
        return known == null
                || of(channel).stream().anyMatch(one -> sameDays(one, zone) && known.contains(one.getId()));
    }

    /** Whether the file's series can be taken as they are. */
    public boolean agreeWith(Collection<Series> series) {
        return series.stream().allMatch(this::agreesWith);
    }

    private boolean agreesWith(Series series) {
        return of(ChannelKey.of(series.meterId(), series.channel())).stream()
                .allMatch(zone -> sameDays(zone, series.marketZone()));
    }

    /** Whether two zones have the same days. */
    public static boolean sameDays(ZoneId one, ZoneId other) {
        return one.equals(other) || one.getRules().equals(other.getRules());
    }
}
