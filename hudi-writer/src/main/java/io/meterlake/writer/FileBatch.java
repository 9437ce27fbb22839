package io.meterlake.writer;

import io.meterlake.reading.Series;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ChannelZones;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.IncomingReadings;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that are read to be committed together, in their order. Not thread-safe. To be closed when they are committed.
 *
 * <p>They come to the same table as one after the other. So a file about which those before it decide, and they are not in
 * the table yet, is {@linkplain #decidesAbout no part of it}.
 */
final class FileBatch implements AutoCloseable {
    private final IncomingReadings readings;
    private final List<BatchFile> files = new ArrayList<>();
    private final List<LandingFile> opened = new ArrayList<>();
    private final Set<String> checksums = new HashSet<>();
    private final Map<ChannelKey, ZoneId> zones = new HashMap<>();
    /** Files whose channels are not among the zones yet: one that stays alone has them never looked up. */
    private final List<IncomingFile> withoutZones = new ArrayList<>();

    private Optional<RuntimeException> failure = Optional.empty();
    private long rejectsAsReadings;

    FileBatch(IncomingReadings readings) {
        this.readings = readings;
    }

    IncomingReadings readings() {
        return readings;
    }

    /** How many readings take as much memory as what it holds: its readings and its rejects. */
    long held() {
        return readings.size() + rejectsAsReadings;
    }

    /** In the order of the requests. */
    List<BatchFile> files() {
        return Collections.unmodifiableList(files);
    }

    /** Those whose readings are to be taken in. */
    List<BatchFile.Read> read() {
        return files.stream()
                .filter(BatchFile.Read.class::isInstance)
                .map(BatchFile.Read.class::cast)
                .toList();
    }

    /** Why the file after them could not be read. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    void failedAfter(RuntimeException cause) {
        failure = Optional.of(cause);
    }

    /** Closes the file with the batch. */
    void opened(LandingFile file) {
        opened.add(file);
    }

    void add(BatchFile file) {
        files.add(file);
        switch (file) {
            case BatchFile.Read read -> {
                checksums.add(read.outcomes().facts().checksum());
                withoutZones.add(read.readings());
                rejectsAsReadings += read.readings().rejectsAsReadings();
            }
            case BatchFile.Unreadable known -> checksums.add(known.row().fileChecksum());
            case BatchFile.Known known -> {}
        }
    }

    /**
     * Whether what becomes of a file depends on one before it: it is the same one; it has a channel in another zone; or
     * only one of them says which utility it is of, which readings inherit from those that they take the place of.
     *
     * @param parsed the file's own readings
     */
    boolean decidesAbout(Outcomes file, IncomingFile parsed) {
        if (holds(file.facts().checksum())) {
            return true;
        }
        List<BatchFile.Read> before = read();
        return !before.isEmpty()
                && (file.facts().utility().isEmpty()
                                != before.getFirst()
                                        .outcomes()
                                        .facts()
                                        .utility()
                                        .isEmpty()
                        || parsed.series().stream().anyMatch(this::hasInOtherZone));
    }

    /** Whether a file with this checksum is in it already. */
    boolean holds(String checksum) {
        return checksums.contains(checksum);
    }

    private boolean hasInOtherZone(Series series) {
        withoutZones.forEach(file -> file.series().forEach(known -> zones.putIfAbsent(key(known), known.marketZone())));
        withoutZones.clear();
        ZoneId known = zones.get(key(series));
        return known != null && !ChannelZones.sameDays(known, series.marketZone());
    }

    private static ChannelKey key(Series series) {
        return ChannelKey.of(series.meterId(), series.channel());
    }

    @Override
    public void close() throws IOException {
        opened.forEach(LandingFile::close);
        readings.close();
    }
}
