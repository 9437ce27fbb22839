package io.meterlake.format.espi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.text.IsoTimestamps;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first time through a feed: everything but the readings. Of each IntervalBlock twelve bytes are kept, so that
 * memory hardly grows with the file.
 */
final class FeedIndex implements Feed.Visitor {
    /** What {@link #recordedAt} gives for an update time that is no time. */
    static final long UNREADABLE_TIME = Long.MAX_VALUE;

    static final String INTERVAL_BLOCK = "IntervalBlock";
    static final String METER_READING = "MeterReading";

    private static final int MOST_BLOCKS = 4_000_000;
    private static final int MOST_ADDRESSES = 1_500_000;

    private final String fileName;
    private final IsoTimestamps times = new IsoTimestamps();
    private final Map<String, BlockGroup> groups = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> repeatedIds = new HashSet<>();
    private BlockGroup[] blockGroup = new BlockGroup[64];
    private long[] blockUpdated = new long[64];
    private int blocks;
    private int addresses;

    /** How many blocks of the entry at hand wait for its links, and their period in seconds. */
    private int waiting;

    private long waitingFrom;
    private long waitingTo;

    private boolean isMeter;
    private ReadingType inlineType = new ReadingType(Map.of());
    private boolean hasInlineType;

    final Map<String, UsagePoint> usagePoints = new LinkedHashMap<>();
    final Map<String, Meter> meters = new LinkedHashMap<>();
    final Map<String, ReadingType> types = new HashMap<>();
    final Map<String, LocalTimeParameters> clocks = new HashMap<>();
    private final List<ReadingType> entryTypes = new ArrayList<>();
    private final List<LocalTimeParameters> entryClocks = new ArrayList<>();
    private final List<UsagePoint> entryPoints = new ArrayList<>();
    private String feedUpdated = "";
    String sender = "";

    /** A MeterReading: its addresses, and its type if that lies in it. */
    static final class Meter {
        final Entry entry;
        ReadingType inlineType = new ReadingType(Map.of());
        boolean hasInlineType;
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;

        Meter(Entry entry) {
            this.entry = entry;
        }
    }

    /** Blocks that name the same MeterReading, by its address as their links give it. */
    static final class BlockGroup {
        final String up;
        final String self;
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;

        BlockGroup(String up, String self) {
            this.up = up;
            this.self = self;
        }
    }

    private FeedIndex(String fileName) {
        this.fileName = fileName;
    }

    static FeedIndex read(XmlCursor xml, String fileName) throws IOException {
        FeedIndex index = new FeedIndex(fileName);
        Feed feed = Feed.walk(xml, fileName, index);
        index.feedUpdated = feed.itself.updated;
        index.sender = feed.sender();
        index.repeatedIds.add(feed.itself.id);
        if (index.blocks == 0) {
            throw new UnreadableFileException(
                    "Cannot read %s: it has no IntervalBlock, so no readings".formatted(fileName),
                    "Ask the sender whether the file was meant to be empty.");
        }
        return index;
    }

    @Override
    public void resource(XmlCursor xml, Entry entry) throws IOException {
        switch (xml.name()) {
            case INTERVAL_BLOCK -> block(xml);
            case METER_READING -> meter(xml);
            case ReadingType.ELEMENT -> entryTypes.add(ReadingType.read(xml));
            case UsagePoint.ELEMENT -> entryPoints.add(UsagePoint.read(xml, entry));
            case "LocalTimeParameters", "TimeConfiguration" -> entryClocks.add(LocalTimeParameters.read(xml));
            default -> {
                // Summaries, bills and customers are no readings.
            }
        }
    }

    private void meter(XmlCursor xml) throws IOException {
        isMeter = true;
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (xml.name().equals(ReadingType.ELEMENT)) {
                inlineType = ReadingType.read(xml);
                hasInlineType = true;
            } else if (xml.name().equals(INTERVAL_BLOCK)) {
                block(xml);
            }
        }
    }

    /** Only the period of a block is of interest now. */
    private void block(XmlCursor xml) throws IOException {
        long from = Long.MIN_VALUE;
        long seconds = 0;
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (!xml.name().equals("interval")) {
                continue;
            }
            int interval = xml.level();
            while (xml.nextIn(interval)) {
                if (xml.name().equals("start")) {
                    from = ReadingType.seconds(xml.text()).orElse(Long.MIN_VALUE);
                } else if (xml.name().equals("duration")) {
                    seconds = ReadingType.seconds(xml.text()).orElse(0);
                }
            }
        }
        boolean isKnown = from != Long.MIN_VALUE && seconds > 0;
        waitingFrom = Math.min(waiting == 0 ? Long.MAX_VALUE : waitingFrom, isKnown ? from : Long.MIN_VALUE);
        waitingTo = Math.max(waiting == 0 ? Long.MIN_VALUE : waitingTo, isKnown ? from + seconds : Long.MAX_VALUE);
        waiting++;
        if (blocks + waiting > MOST_BLOCKS) {
            throw tooMany("IntervalBlocks", MOST_BLOCKS);
        }
    }

    @Override
    public void ends(Entry entry) {
        entryPoints.forEach(this::addPoint);
        entryTypes.forEach(type -> types.put(entry.self.isEmpty() ? "#" + types.size() : entry.self, type));
        entryClocks.forEach(clock -> clocks.put(entry.self.isEmpty() ? "#" + clocks.size() : entry.self, clock));
        if (isMeter) {
            addMeter(entry);
        }
        if (waiting > 0) {
            addBlocks(entry);
        }
        if (addresses > MOST_ADDRESSES) {
            throw tooMany("addresses", MOST_ADDRESSES);
        }
        entryPoints.clear();
        entryTypes.clear();
        entryClocks.clear();
        isMeter = false;
        hasInlineType = false;
    }

    /** An entry that is there again says nothing new but its links. */
    private void addPoint(UsagePoint point) {
        Entry entry = point.entry();
        UsagePoint known = usagePoints.putIfAbsent(entry.id + "\n" + entry.self, point);
        count(entry, known == null ? entry : known.entry());
    }

    private void count(Entry entry, Entry known) {
        if (entry != known) {
            entry.related.stream()
                    .filter(address -> !known.related.contains(address))
                    .toList()
                    .forEach(address -> {
                        known.related.add(address);
                        addresses++;
                    });
            return;
        }
        addresses += 3 + entry.related.size();
        if (!ids.add(entry.id)) {
            repeatedIds.add(entry.id);
        }
    }

    private void addMeter(Entry entry) {
        Meter meter = meters.computeIfAbsent(
                entry.self.isEmpty() ? "#" + meters.size() : entry.self, key -> new Meter(entry));
        count(entry, meter.entry);
        if (hasInlineType) {
            meter.inlineType = inlineType;
            meter.hasInlineType = true;
        }
    }

    private void addBlocks(Entry entry) {
        // Blocks that lie in a MeterReading belong to it.
        String up = Href.holder(isMeter ? entry.self : entry.up, INTERVAL_BLOCK);
        String self = isMeter ? up : Href.holder(entry.self, INTERVAL_BLOCK);
        BlockGroup group = groups.computeIfAbsent(up + "\n" + self, key -> {
            addresses++;
            return new BlockGroup(up, self);
        });
        group.from = Math.min(group.from, waitingFrom);
        group.to = Math.max(group.to, waitingTo);
        long updated = micros(entry.updated);
        while (blockGroup.length < blocks + waiting) {
            blockGroup = Arrays.copyOf(blockGroup, 2 * blockGroup.length);
            blockUpdated = Arrays.copyOf(blockUpdated, 2 * blockUpdated.length);
        }
        Arrays.fill(blockGroup, blocks, blocks + waiting, group);
        Arrays.fill(blockUpdated, blocks, blocks + waiting, updated);
        blocks += waiting;
        waiting = 0;
    }

    /** Whether an entry's id tells it from all others of the feed, as the standard demands. */
    boolean isUnique(String id) {
        return !id.isEmpty() && !repeatedIds.contains(id);
    }

    /** How many blocks the file has. */
    int blocks() {
        return blocks;
    }

    /** The group of a block, by its place among the blocks of the file. */
    BlockGroup groupOf(int block) {
        return blockGroup[block];
    }

    /** All groups. */
    Iterable<BlockGroup> groups() {
        return groups.values();
    }

    /** When the block was updated last, or else the feed; or {@link #UNREADABLE_TIME}. */
    long recordedAt(int block) {
        long own = blockUpdated[block];
        return own == ReadingSink.NO_TIME ? micros(feedUpdated) : own;
    }

    /**
     * An update time. Atom demands an offset; where there is none, and where there is only a date, it is taken as UTC:
     * such times only order what one sender sent.
     */
    private long micros(String text) {
        if (text.isEmpty()) {
            return ReadingSink.NO_TIME;
        }
        byte[] bytes = (text.length() == 10 ? text + "T00:00:00Z" : text).getBytes(UTF_8);
        return times.read(bytes, 0, bytes.length) ? times.micros() : UNREADABLE_TIME;
    }

    private UnreadableFileException tooMany(String what, int most) {
        return new UnreadableFileException(
                "Cannot read %s: it has more than %d %s".formatted(fileName, most, what),
                "Ask the sender for several smaller files.");
    }
}
