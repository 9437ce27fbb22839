package io.meterlake.writer.upsert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one bucket of one day, column by column, sorted by channel and start, one row a key. Texts are UTF-8;
 * arrays that are handed out are shared and not to be changed.
 */
public interface ReadingColumns {
    /** A number that is null. */
    long NULL = Long.MIN_VALUE;

    /** The columns that hold text and are no part of the key. */
    enum Text {
        UNIT,
        QUALITY,
        QUALITY_CODE,
        TIME_ZONE,
        UTILITY,
        SOURCE_FILE,
        FILE_CHECKSUM,
        /** The instant of the commit that wrote the row; null for a row that is not in the table yet. */
        COMMIT_TIME,
        /** Hudi's number of the row within its commit; null for a row that is not in the table yet. */
        COMMIT_SEQUENCE
    }

    /** The columns that hold numbers: times in microseconds since 1970-01-01T00:00Z, the value × 10⁶. */
    enum Numeric {
        /** Part of the key. */
        START,
        MINUTES,
        VALUE,
        RECORDED_AT,
        RECEIVED_AT
    }

    int size();

    /** The channels that occur, in their order. */
    List<ChannelKey> channels();

    /** The row's channel: an index into {@link #channels()}. */
    int channel(int row);

    /** The number of the row's file among those that are taken in together; 0 for rows of the table. */
    default int file(int row) {
        return 0;
    }

    /** The number in the row, or {@link #NULL}. */
    long number(Numeric column, int row);

    byte @Nullable [] text(Text column, int row);
}
