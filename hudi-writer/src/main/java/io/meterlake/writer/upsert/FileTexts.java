package io.meterlake.writer.upsert;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Series;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the readings of a file look up by the numbers of their series and grade, and what is the same in all of them.
 * Immutable, thread-safe.
 */
final class FileTexts {
    /** The channels in their order. A channel's number is an index into it. */
    final List<ChannelKey> channels;
    /** By series: the number of its channel. */
    final int[] channelOfSeries;
    /** By channel: a number that is the same for all channels of a meter, and rises with them. */
    final int[] meterOfChannel;
    /** By series: the length of an interval. */
    final int[] minutes;

    final Lookup units;
    final Lookup zones;
    final Lookup qualities;
    final Lookup codes;
    final CodedTexts utility;
    final CodedTexts sourceFile;
    final CodedTexts checksum;
    final long receivedAt;

    FileTexts(List<Series> series, List<Grade> grades, FileFacts facts) {
        List<ChannelKey> keys = series.stream()
                .map(one -> ChannelKey.of(one.meterId(), one.channel()))
                .toList();
        this.channels = keys.stream().distinct().sorted(naturalOrder()).toList();
        Map<ChannelKey, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < channels.size(); rank++) {
            ranks.put(channels.get(rank), rank);
        }
        this.channelOfSeries =
                keys.stream().mapToInt(key -> requireNonNull(ranks.get(key))).toArray();
        this.meterOfChannel = meters(channels);
        this.minutes = series.stream().mapToInt(Series::intervalMinutes).toArray();
        this.units = Lookup.of(series, Series::unit);
        this.zones = Lookup.of(series, one -> one.marketZone().getId());
        this.qualities = Lookup.of(grades, one -> one.quality().label());
        this.codes = Lookup.of(grades, Grade::code);
        this.utility = CodedTexts.constant(utf8(facts.utility()));
        this.sourceFile = CodedTexts.constant(utf8(facts.sourceFile()));
        this.checksum = CodedTexts.constant(utf8(facts.checksum()));
        this.receivedAt = facts.receivedAtMicros();
    }

    private static int[] meters(List<ChannelKey> channels) {
        int[] meters = new int[channels.size()];
        for (int channel = 1; channel < meters.length; channel++) {
            boolean same = Arrays.equals(
                    channels.get(channel - 1).meterId(), channels.get(channel).meterId());
            meters[channel] = meters[channel - 1] + (same ? 0 : 1);
        }
        return meters;
    }

    /** The number of the first channel whose meter is not before this one. */
    int firstChannelFrom(byte[] meter) {
        int low = 0;
        int high = channels.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(channels.get(middle).meterId(), meter) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * A block of rows, of which all other columns follow from these. A value that the sender did not give is null: the
     * two say so by the same number.
     */
    ReadingBlock block(
            List<ChannelKey> ofBlock,
            int[] channel,
            int[] series,
            int[] grade,
            long[] start,
            long[] value,
            long[] recordedAt) {
        long[] length = new long[series.length];
        long[] received = new long[series.length];
        Arrays.fill(received, receivedAt);
        for (int row = 0; row < length.length; row++) {
            length[row] = minutes[series[row]];
        }
        Map<Numeric, long[]> numbers = new EnumMap<>(Map.of(
                Numeric.START, start,
                Numeric.MINUTES, length,
                Numeric.VALUE, value,
                Numeric.RECORDED_AT, recordedAt,
                Numeric.RECEIVED_AT, received));
        Map<Text, CodedTexts> texts = new EnumMap<>(Map.of(
                Text.UNIT, units.column(series),
                Text.TIME_ZONE, zones.column(series),
                Text.QUALITY, qualities.column(grade),
                Text.QUALITY_CODE, codes.column(grade),
                Text.UTILITY, utility,
                Text.SOURCE_FILE, sourceFile,
                Text.FILE_CHECKSUM, checksum));
        return new ReadingBlock(ofBlock, channel, numbers, texts, null);
    }

    /** What is empty in a file is null in the table. */
    private static byte @Nullable [] utf8(String text) {
        return text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A text for each of a number of things.
     *
     * @param texts each text once, as in {@link CodedTexts}
     * @param codes by thing: an index into the texts
     */
    record Lookup(byte[][] texts, int[] codes) {
        static <T> Lookup of(List<T> things, Function<T, String> text) {
            Map<String, Integer> codeOfText = new LinkedHashMap<>();
            codeOfText.put("", 0);
            int[] codes = new int[things.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = codeOfText.computeIfAbsent(text.apply(things.get(i)), absent -> codeOfText.size());
            }
            byte[][] texts = codeOfText.keySet().stream()
                    .map(one -> one.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            return new Lookup(texts, codes);
        }

        /** The column of rows that have these things. */
        CodedTexts column(int[] things) {
            boolean constant = texts.length == 1 || (texts.length == 2 && Arrays.stream(codes).noneMatch(c -> c == 0));
            if (constant) {
                return CodedTexts.constant(texts.length == 1 ? null : texts[1]);
            }
            int[] ofRows = new int[things.length];
            for (int row = 0; row < ofRows.length; row++) {
                ofRows[row] = codes[things[row]];
            }
            return CodedTexts.of(texts, ofRows);
        }
    }
}
