package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.lake.LakeTables;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import org.jspecify.annotations.Nullable;

/** Writes the rows of meter_readings. */
final class RowWriteSupport extends BaseFileWriteSupport<RowCursor> {
    private @Nullable ChannelKey channel;
    private String keyPrefix = "";

    RowWriteSupport(BaseFileWriter.Target target) {
        super(LakeTables.METER_READINGS, target);
    }

    @Override
    public void write(RowCursor cursor) {
        ReadingColumns columns = cursor.columns();
        int row = cursor.row();
        ChannelKey rowChannel = columns.channels().get(columns.channel(row));
        long start = columns.number(Numeric.START, row);

        begin(key(rowChannel, start), columns.text(Text.COMMIT_TIME, row), columns.text(Text.COMMIT_SEQUENCE, row));
        text(rowChannel.meterId());
        text(rowChannel.channel());
        number(start);
        number(start);
        integer(columns.number(Numeric.MINUTES, row));
        decimal(columns.number(Numeric.VALUE, row));
        text(columns.text(Text.UNIT, row));
        text(columns.text(Text.QUALITY, row));
        text(columns.text(Text.QUALITY_CODE, row));
        number(columns.number(Numeric.RECORDED_AT, row));
        number(columns.number(Numeric.RECEIVED_AT, row));
        text(columns.text(Text.TIME_ZONE, row));
        text(cursor.utility());
        text(columns.text(Text.SOURCE_FILE, row));
        text(columns.text(Text.FILE_CHECKSUM, row));
        end();
    }

    private byte[] key(ChannelKey rowChannel, long start) {
        if (channel == null || !rowChannel.equals(channel)) {
            channel = rowChannel;
            keyPrefix = rowChannel.recordKeyPrefix();
        }
        return (keyPrefix + start).getBytes(UTF_8);
    }
}
