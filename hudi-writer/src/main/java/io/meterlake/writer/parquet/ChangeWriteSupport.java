package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.lake.LakeTables;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import org.jspecify.annotations.Nullable;

/** Writes the rows of reading_changes. */
final class ChangeWriteSupport extends BaseFileWriteSupport<ChangeCursor> {
    private final byte[] readingsInstant;
    private final String keyEnd;
    private @Nullable ChannelKey channel;
    private String keyPrefix = "";

    ChangeWriteSupport(BaseFileWriter.Target target, String readingsInstant) {
        super(LakeTables.READING_CHANGES, target);
        this.readingsInstant = readingsInstant.getBytes(UTF_8);
        this.keyEnd = ",commit_requested_at:" + readingsInstant;
    }

    @Override
    public void write(ChangeCursor cursor) {
        ReadingColumns old = cursor.before();
        ReadingColumns fresh = cursor.after();
        int row = cursor.row();
        ChannelKey rowChannel = fresh.channels().get(fresh.channel(row));
        long start = fresh.number(Numeric.START, row);

        begin(key(rowChannel, start), null, null);
        text(rowChannel.meterId());
        text(rowChannel.channel());
        number(start);
        number(start);
        integer(old.number(Numeric.MINUTES, row));
        integer(fresh.number(Numeric.MINUTES, row));
        decimal(old.number(Numeric.VALUE, row));
        decimal(fresh.number(Numeric.VALUE, row));
        texts(Text.UNIT, old, fresh, row);
        texts(Text.QUALITY, old, fresh, row);
        texts(Text.QUALITY_CODE, old, fresh, row);
        texts(Text.TIME_ZONE, old, fresh, row);
        number(old.number(Numeric.RECORDED_AT, row));
        number(fresh.number(Numeric.RECORDED_AT, row));
        texts(Text.SOURCE_FILE, old, fresh, row);
        texts(Text.FILE_CHECKSUM, old, fresh, row);
        text(fresh.text(Text.UTILITY, row));
        text(readingsInstant);
        number(fresh.number(Numeric.RECEIVED_AT, row));
        end();
    }

    private void texts(Text column, ReadingColumns old, ReadingColumns fresh, int row) {
        text(old.text(column, row));
        text(fresh.text(column, row));
    }

    private byte[] key(ChannelKey rowChannel, long start) {
        if (channel == null || !rowChannel.equals(channel)) {
            channel = rowChannel;
            keyPrefix = rowChannel.recordKeyPrefix();
        }
        return (keyPrefix + start + keyEnd).getBytes(UTF_8);
    }
}
