package io.meterlake.format.espi;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.text.Problem;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The second time through a feed: the readings, now that it is known what they mean. */
final class FeedReadings implements Feed.Visitor {
    private final String fileName;
    private final FeedIndex index;
    private final FeedMeanings meanings;
    private final XmlCursor xml;
    private final ReadingSink sink;
    private final Map<Channel, BlockReader> readers = new HashMap<>();
    private int blocks;

    FeedReadings(String fileName, FeedIndex index, FeedMeanings meanings, XmlCursor xml, ReadingSink sink) {
        this.fileName = fileName;
        this.index = index;
        this.meanings = meanings;
        this.xml = xml;
        this.sink = sink;
    }

    @Override
    public void resource(XmlCursor resource, Entry entry) throws IOException {
        if (xml.name().equals(FeedIndex.INTERVAL_BLOCK)) {
            block();
        } else if (xml.name().equals(FeedIndex.METER_READING)) {
            int level = xml.level();
            while (xml.nextIn(level)) {
                if (xml.name().equals(FeedIndex.INTERVAL_BLOCK)) {
                    block();
                }
            }
        }
    }

    @Override
    public void ends(Entry entry) {
        // What it says was read the first time.
    }

    private void block() throws IOException {
        int block = blocks++;
        if (block >= index.blocks()) {
            throw new UnreadableFileException(
                    "Cannot read %s: it has other IntervalBlocks than when it was looked through first"
                            .formatted(fileName),
                    "The file was changed in the meantime: wait until it is complete.");
        }
        long recordedAt = index.recordedAt(block);
        if (recordedAt == FeedIndex.UNREADABLE_TIME) {
            refuse(new Problem(
                    "updated",
                    "the update time of the block's entry is no time, so it is not known which correction is the newest",
                    "A time is such as 2026-01-31T23:59:59Z: ask the sender for the feed again."));
            return;
        }
        Meaning meaning = meanings.of(block);
        if (meaning instanceof Meaning.Refused refused) {
            refuse(refused.problem());
        } else if (meaning instanceof Meaning.Known known) {
            readers.computeIfAbsent(known.channel(), channel -> new BlockReader(xml, sink, channel))
                    .read(recordedAt);
        }
    }

    /** A block is refused as a whole, with one reject: there may be thousands of readings in it. */
    private void refuse(Problem problem) throws IOException {
        long line = xml.line();
        long readings = 0;
        int level = xml.level();
        while (xml.nextIn(level)) {
            readings += xml.name().equals("IntervalReading") ? 1 : 0;
        }
        sink.reject(problem.of(line, "<IntervalBlock> with %d readings".formatted(readings)));
    }
}
