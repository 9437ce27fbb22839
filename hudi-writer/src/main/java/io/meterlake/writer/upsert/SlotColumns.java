package io.meterlake.writer.upsert;

import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A slot's incoming readings, copied out of the buffer, so that what is read together lies together. */
final class SlotColumns implements ReadingColumns {
    private final List<ChannelKey> channels = new ArrayList<>();
    private final int[] channel;
    private final int[] series;
    private final int[] grade;
    private final long[] start;
    private final long[] value;
    private final long[] recordedAt;
    private final Common common;

    /** What all slots of a file share: what rows look up by the number of their series or grade, and the file. */
    static final class Common {
        private final List<ChannelKey> channels;
        private final int[] channelOfSeries;
        private final int[] minutes;
        private final List<Optional<byte[]>> units;
        private final List<Optional<byte[]>> zones;
        private final List<Optional<byte[]>> qualities;
        private final List<Optional<byte[]>> codes;
        private final byte @Nullable [] utility;
        private final byte @Nullable [] sourceFile;
        private final byte @Nullable [] checksum;
        private final long receivedAt;

        Common(ReadingBuffer buffer, FileFacts facts, List<ChannelKey> channels, int[] channelOfSeries) {
            List<Series> series = buffer.series();
            List<Grade> grades = buffer.grades();
            this.channels = channels;
            this.channelOfSeries = channelOfSeries;
            this.minutes = series.stream().mapToInt(Series::intervalMinutes).toArray();
            this.units = texts(series, Series::unit);
            this.zones = texts(series, one -> one.marketZone().getId());
            this.qualities = texts(grades, one -> one.quality().label());
            this.codes = texts(grades, Grade::code);
            this.utility = utf8(facts.utility());
            this.sourceFile = utf8(facts.sourceFile());
            this.checksum = utf8(facts.checksum());
            this.receivedAt = facts.receivedAtMicros();
        }
    }

    private SlotColumns(int size, Common common) {
        this.channel = new int[size];
        this.series = new int[size];
        this.grade = new int[size];
        this.start = new long[size];
        this.value = new long[size];
        this.recordedAt = new long[size];
        this.common = common;
    }

    /** Copies the readings with these numbers, which are sorted. */
    static SlotColumns of(ReadingBuffer buffer, Common common, int[] order, int from, int to) {
        SlotColumns columns = new SlotColumns(to - from, common);
        int lastChannel = -1;
        for (int row = 0; row < columns.size(); row++) {
            int reading = order[from + row];
            int series = buffer.seriesAt(reading);
            if (common.channelOfSeries[series] != lastChannel) {
                lastChannel = common.channelOfSeries[series];
                columns.channels.add(common.channels.get(lastChannel));
            }
            long recorded = buffer.recordedAt(reading);
            columns.series[row] = series;
            columns.channel[row] = columns.channels.size() - 1;
            columns.grade[row] = buffer.gradeAt(reading);
            columns.start[row] = buffer.startAt(reading);
            columns.value[row] = buffer.valueAt(reading) == ReadingSink.NO_VALUE ? NULL : buffer.valueAt(reading);
            columns.recordedAt[row] = recorded == ReadingSink.NO_TIME ? common.receivedAt : recorded;
        }
        return columns;
    }

    private static <T> List<Optional<byte[]>> texts(List<T> things, Function<T, String> text) {
        return things.stream()
                .map(thing -> Optional.ofNullable(utf8(text.apply(thing))))
                .toList();
    }

    /** What is empty in a file is null in the table. */
    private static byte @Nullable [] utf8(String text) {
        return text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
        return start.length;
    }

    @Override
    public List<ChannelKey> channels() {
        return channels;
    }

    @Override
    public int channel(int row) {
        return channel[row];
    }

    @Override
    public long number(Numeric column, int row) {
        return switch (column) {
            case START -> start[row];
            case MINUTES -> common.minutes[series[row]];
            case VALUE -> value[row];
            case RECORDED_AT -> recordedAt[row];
            case RECEIVED_AT -> common.receivedAt;
        };
    }

    @Override
    public byte @Nullable [] text(Text column, int row) {
        return switch (column) {
            case UNIT -> common.units.get(series[row]).orElse(null);
            case QUALITY -> common.qualities.get(grade[row]).orElse(null);
            case QUALITY_CODE -> common.codes.get(grade[row]).orElse(null);
            case TIME_ZONE -> common.zones.get(series[row]).orElse(null);
            case UTILITY -> common.utility;
            case SOURCE_FILE -> common.sourceFile;
            case FILE_CHECKSUM -> common.checksum;
            case COMMIT_TIME, COMMIT_SEQUENCE -> null;
        };
    }
}
