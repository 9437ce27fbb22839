package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Tells in which zones a base file holds its channels. */
public final class ZonesOfFile {
    private ZonesOfFile() {}

    /** Is told of channels, or of intervals, and their zone as it is written in the file. */
    public interface Listener {
        /** A channel has a zone in the interval that starts there. */
        void found(ChannelKey channel, String zone, long startMicros);
    }

    /** The one zone of all rows; empty if there are several, or the footer does not tell. */
    public static Optional<String> only(Path path) throws IOException {
        try (PresentFile file = PresentFile.open(path)) {
            return file.onlyText(MeterReadingsFile.TIME_ZONE);
        }
    }

    /** Tells each channel once in each of its zones and row groups. Rows without a zone are left out. */
    public static void channels(Path path, Listener listener) throws IOException {
        forEachGroup(path, rows -> {
            CodedTexts zones = rows.texts(Text.TIME_ZONE);
            int width = zones.texts().length;
            BitSet told = new BitSet();
            for (int row = 0; row < rows.size(); row++) {
                int zone = zones.code(row);
                int place = rows.channel(row) * width + zone;
                if (zone != 0 && !told.get(place)) {
                    told.set(place);
                    tell(rows, row, listener);
                }
            }
        });
    }

    /** Tells each row. */
    public static void intervals(Path path, Listener listener) throws IOException {
        forEachGroup(path, rows -> {
            for (int row = 0; row < rows.size(); row++) {
                if (rows.texts(Text.TIME_ZONE).code(row) != 0) {
                    tell(rows, row, listener);
                }
            }
        });
    }

    private static void tell(ReadingBlock rows, int row, Listener listener) {
        List<ChannelKey> channels = rows.channels();
        CodedTexts zones = rows.texts(Text.TIME_ZONE);
        String zone = new String(zones.texts()[zones.code(row)], StandardCharsets.UTF_8);
        listener.found(channels.get(rows.channel(row)), zone, rows.number(Numeric.START, row));
    }

    private interface Group {
        void take(ReadingBlock rows);
    }

    private static void forEachGroup(Path path, Group taker) throws IOException {
        try (PresentFile file = PresentFile.open(path)) {
            for (int group = 0; group < file.groups(); group++) {
                taker.take(file.readZones(group).decode());
            }
        }
    }
}
