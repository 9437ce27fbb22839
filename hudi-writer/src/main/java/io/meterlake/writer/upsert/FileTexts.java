package io.meterlake.writer.upsert;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Series;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What readings look up by the numbers of their series and grade; a series is one file's. Immutable, thread-safe.
 */
final class FileTexts {
    private final List<ChannelKey> channels;
    private final int[] channelOfSeries;
    private final int[] meterOfChannel;
    private final int[] minutes;
    private final Lookup units;
    private final Lookup zones;
    private final Lookup qualities;
    private final Lookup codes;
    private final Lookup utilities;
    private final Lookup sourceFiles;
    private final Lookup checksums;
    private final int[] fileOfSeries;
    private final long[] receivedAt;

    /** @param facts by number of the file */
    FileTexts(
            Channels channels,
            List<Series> series,
            List<Integer> fileOfSeries,
            List<Grade> grades,
            List<FileFacts> facts) {
        this.channels = channels.inOrder();
        this.channelOfSeries = channels.rankOfSeries();
        this.meterOfChannel = meters(this.channels);
        this.minutes = series.stream().mapToInt(Series::intervalMinutes).toArray();
        this.units = Lookup.of(series, Series::unit);
        this.zones = Lookup.of(series, one -> one.marketZone().getId());
        this.qualities = Lookup.of(grades, one -> one.quality().label());
        this.codes = Lookup.of(grades, Grade::code);
        this.fileOfSeries = fileOfSeries.stream().mapToInt(Integer::intValue).toArray();
        this.receivedAt = facts.stream().mapToLong(FileFacts::receivedAtMicros).toArray();
        List<FileFacts> ofSeries = fileOfSeries.stream().map(facts::get).toList();
        this.utilities = Lookup.of(ofSeries, FileFacts::utility);
        this.sourceFiles = Lookup.of(ofSeries, FileFacts::sourceFile);
        this.checksums = Lookup.of(ofSeries, FileFacts::checksum);
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

    /** By series: the number of its channel. The numbers are in the order of the channels. */
    int[] channelOfSeries() {
        return channelOfSeries;
    }

    ChannelKey channel(int number) {
        return channels.get(number);
    }

    /** A number that is the same for all channels of a meter. */
    int meter(int channel) {
        return meterOfChannel[channel];
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
     * A block of readings with all that follows from their series and grade. Takes the arrays over.
     *
     * @param ofBlock the channels that occur, in their order
     * @param channel for each row an index into them
     */
    ReadingBlock block(List<ChannelKey> ofBlock, int[] channel, RawReadings rows) {
        long[] received = new long[rows.size];
        long[] length = new long[rows.size];
        for (int row = 0; row < length.length; row++) {
            length[row] = minutes[rows.series[row]];
            received[row] = receivedAt[fileOfSeries[rows.series[row]]];
        }
        // A value that is not given has the same number in a sink and in a table.
        Map<Numeric, long[]> numbers = new EnumMap<>(Map.of(
                Numeric.START, rows.start,
                Numeric.MINUTES, length,
                Numeric.VALUE, rows.value,
                Numeric.RECORDED_AT, rows.recordedAt,
                Numeric.RECEIVED_AT, received));
        Map<Text, CodedTexts> texts = new EnumMap<>(Map.of(
                Text.UNIT, units.column(rows.series),
                Text.TIME_ZONE, zones.column(rows.series),
                Text.QUALITY, qualities.column(rows.grade),
                Text.QUALITY_CODE, codes.column(rows.grade),
                Text.UTILITY, utilities.column(rows.series),
                Text.SOURCE_FILE, sourceFiles.column(rows.series),
                Text.FILE_CHECKSUM, checksums.column(rows.series)));
        ReadingBlock block = new ReadingBlock(ofBlock, channel, numbers, texts, null);
        return receivedAt.length == 1 ? block : block.ofFiles(files(rows));
    }

    private int[] files(RawReadings rows) {
        int[] files = new int[rows.size];
        Arrays.setAll(files, row -> fileOfSeries[rows.series[row]]);
        return files;
    }

    /** A text for each of a number of things; what is empty in a file is null in the table. */
    private static final class Lookup {
        /** Each text once, as in {@link CodedTexts}. */
        private final byte[][] texts;
        /** By thing: an index into the texts. */
        private final int[] codes;
        /** Whether all things have the same. */
        private final boolean constant;

        private Lookup(byte[][] texts, int[] codes) {
            this.texts = texts;
            this.codes = codes;
            this.constant = Arrays.stream(codes).distinct().count() <= 1;
        }

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
            if (constant) {
                int code = codes.length == 0 ? 0 : codes[0];
                return CodedTexts.constant(code == 0 ? null : texts[code]);
            }
            // Texts of no row would get into a dictionary, and from there into those of all files to come.
            int[] newCodes = new int[texts.length];
            List<byte[]> used = new ArrayList<>();
            used.add(texts[0]);
            int[] ofRows = new int[things.length];
            for (int row = 0; row < ofRows.length; row++) {
                int code = codes[things[row]];
                if (code != 0 && newCodes[code] == 0) {
                    newCodes[code] = used.size();
                    used.add(texts[code]);
                }
                ofRows[row] = newCodes[code];
            }
            return isConstant(ofRows)
                    ? CodedTexts.constant(ofRows[0] == 0 ? null : used.get(ofRows[0]))
                    : CodedTexts.of(used.toArray(byte[][]::new), ofRows);
        }

        private static boolean isConstant(int[] codes) {
            for (int code : codes) {
                if (code != codes[0]) {
                    return false;
                }
            }
            return codes.length > 0;
        }
    }
}
