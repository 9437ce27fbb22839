package io.meterlake.format.espi;

import io.meterlake.format.espi.FeedIndex.BlockGroup;
import io.meterlake.format.espi.FeedIndex.Meter;
import io.meterlake.format.text.Problem;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the links of a feed: IntervalBlock → MeterReading → ReadingType and UsagePoint → LocalTimeParameters. A link
 * may name a resource, or the collection that it is in; where there is only one resource of a kind in the file and no
 * link that names another, it is that one.
 */
final class FeedMeanings {
    private static final String WHOLE_FEED =
            "Ask the sender for a feed whose links (self, up, related) lead from the IntervalBlock to its MeterReading,"
                    + " ReadingType and UsagePoint.";

    private final FeedIndex index;
    private final Map<String, Meter> meterByAddress = new HashMap<>();
    private final Map<String, Set<UsagePoint>> pointsByAddress = new HashMap<>();
    private final Map<BlockGroup, Meter> meterOfGroup = new HashMap<>();
    private final Map<Meter, Meaning> meanings = new HashMap<>();

    FeedMeanings(FeedIndex index) {
        this.index = index;
        for (Meter meter : index.meters.values()) {
            meterByAddress.put(meter.entry.self, meter);
        }
        for (Meter meter : index.meters.values()) {
            meter.entry.related.forEach(
                    address -> meterByAddress.putIfAbsent(Href.holder(address, FeedIndex.INTERVAL_BLOCK), meter));
        }
        meterByAddress.remove("");
        for (UsagePoint point : index.usagePoints.values()) {
            point.entry().related.forEach(address -> nameBy(address, point));
            nameBy(point.entry().self, point);
        }
        pointsByAddress.remove("");
        for (BlockGroup group : index.groups()) {
            meterOf(group).ifPresent(found -> {
                meterOfGroup.put(group, found);
                found.from = Math.min(found.from, group.from);
                found.to = Math.max(found.to, group.to);
            });
        }
        index.meters.values().forEach(meter -> meanings.put(meter, meaning(meter)));
        new ChannelConflicts(meanings).resolve();
    }

    private void nameBy(String address, UsagePoint point) {
        pointsByAddress.computeIfAbsent(address, key -> new HashSet<>(2)).add(point);
    }

    /** What a block means, by its place among the blocks of the file. */
    Meaning of(int block) {
        BlockGroup group = index.groupOf(block);
        Meter meter = meterOfGroup.get(group);
        Meaning meaning = meter == null ? null : meanings.get(meter);
        return meaning != null
                ? meaning
                : Meaning.refused(
                        "link",
                        "the MeterReading of the block is not in the file; its links are up '%s' and self '%s'"
                                .formatted(Problem.abridged(group.up), Problem.abridged(group.self)),
                        WHOLE_FEED);
    }

    private Optional<Meter> meterOf(BlockGroup group) {
        Meter meter = meterByAddress.getOrDefault(group.up, meterByAddress.get(group.self));
        return meter == null ? only(index.meters.values()) : Optional.of(meter);
    }

    private static <T> Optional<T> only(Collection<T> all) {
        return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    private Meaning meaning(Meter meter) {
        Optional<ReadingType> type = type(meter);
        if (type.isEmpty()) {
            return Meaning.refused(
                    "ReadingType", "the ReadingType of the block's MeterReading is not in the file", WHOLE_FEED);
        }
        Optional<UsagePoint> point = usagePoint(meter);
        if (point.isEmpty()) {
            return Meaning.refused(
                    "UsagePoint", "the UsagePoint of the block's MeterReading is not in the file", WHOLE_FEED);
        }
        Optional<Problem> problem = point.get().problem().or(() -> type.get().problem());
        return problem.<Meaning>map(Meaning.Refused::new).orElseGet(() -> inZone(point.get(), type.get()));
    }

    private Optional<ReadingType> type(Meter meter) {
        if (meter.hasInlineType) {
            return Optional.of(meter.inlineType);
        }
        Set<ReadingType> named = new HashSet<>();
        boolean namesOne = false;
        for (String address : meter.entry.related) {
            namesOne |= address.contains("/ReadingType") || address.startsWith("ReadingType");
            ReadingType type = index.types.get(address);
            if (type != null) {
                named.add(type);
            }
        }
        return namesOne || !named.isEmpty() ? only(named) : only(index.types.values());
    }

    private Optional<UsagePoint> usagePoint(Meter meter) {
        String self = meter.entry.self;
        String up = meter.entry.up;
        String holder = Href.holder(up.isEmpty() ? self : up, FeedIndex.METER_READING);
        Set<UsagePoint> named = new HashSet<>();
        for (String address : List.of(self, up, holder)) {
            named.addAll(pointsByAddress.getOrDefault(address, Set.of()));
        }
        return named.isEmpty() ? only(index.usagePoints.values()) : only(named);
    }

    private Meaning inZone(UsagePoint point, ReadingType type) {
        Set<LocalTimeParameters> clocks = new HashSet<>();
        point.entry().related.forEach(address -> {
            LocalTimeParameters named = index.clocks.get(address);
            if (named != null) {
                clocks.add(named);
            }
        });
        if (clocks.isEmpty()) {
            clocks.addAll(index.clocks.values());
        }
        if (clocks.isEmpty()) {
            return known(point, type, ZoneId.of("UTC"), true);
        }
        if (clocks.size() > 1) {
            return Meaning.refused(
                    "LocalTimeParameters",
                    "the feed has several LocalTimeParameters, and the usage point's links do not say which are its own",
                    "Ask the sender to link the usage point with its LocalTimeParameters: they decide which day a"
                            + " reading is of.");
        }
        LocalTimeParameters clock = clocks.iterator().next();
        return clock.zone()
                .map(zone -> known(point, type, zone, false))
                .orElseGet(() -> Meaning.refused(
                        "LocalTimeParameters",
                        "no time zone has these clocks: " + clock,
                        "Ask the sender to correct the LocalTimeParameters: they decide which day a reading is of."));
    }

    private Meaning known(UsagePoint point, ReadingType type, ZoneId zone, boolean assumed) {
        return new Meaning.Known(new Channel(
                meterId(point.entry()),
                ChannelName.of(type),
                type.unitOfValues().symbol(),
                type.exponent(),
                zone,
                assumed,
                type.intervalSeconds(),
                type.field("defaultQuality")));
    }

    /** The UUID, which stays when an address changes; the address where several entries have the same one. */
    private String meterId(Entry entry) {
        if (index.isUnique(entry.id)) {
            return entry.id.startsWith("urn:uuid:") ? entry.id.substring("urn:uuid:".length()) : entry.id;
        }
        return entry.self.isEmpty() ? entry.id : entry.self;
    }
}
