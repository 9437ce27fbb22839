package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterlake.lake.LakeTables;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the rows of meter_readings with Hudi's own columns before them, and Hudi's entries in the footer. */
final class RowWriteSupport extends WriteSupport<RowCursor> {
    private static final Schema SCHEMA = LakeTables.METER_READINGS.fileSchema();
    private static final int DAYS_FROM = "reading_date=".length();

    private final BaseFileWriter.Target target;
    private final Binary instant;
    private final Binary partitionPath;
    private final Binary fileName;
    private final int day;
    private final KeyRange keys = new KeyRange();

    private @Nullable RecordConsumer consumer;
    private @Nullable ChannelKey channel;
    private String keyPrefix = "";
    private int rows;

    RowWriteSupport(BaseFileWriter.Target target) {
        this.target = target;
        this.instant = Binary.fromString(target.instant());
        this.partitionPath = Binary.fromString(target.partitionPath());
        this.fileName = Binary.fromString(target.fileName());
        this.day = (int)
                LocalDate.parse(target.partitionPath().substring(DAYS_FROM)).toEpochDay();
    }

    /** Parquet's record of which object model wrote the file; readers of Avro look for it. */
    @Override
    public String getName() {
        return "avro";
    }

    // Parquet has no other abstract method to say it by.
    @SuppressWarnings("deprecation")
    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(
                new AvroSchemaConverter().convert(SCHEMA), Map.of("parquet.avro.schema", SCHEMA.toString()));
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    @Override
    public void write(RowCursor cursor) {
        RecordConsumer out = requireNonNull(consumer, "not prepared");
        ReadingColumns columns = cursor.columns();
        int row = cursor.row();
        ChannelKey rowChannel = columns.channels().get(columns.channel(row));
        long start = columns.number(Numeric.START, row);
        Binary key = key(rowChannel, start);
        byte[] sequence = columns.text(Text.COMMIT_SEQUENCE, row);
        byte[] commit = columns.text(Text.COMMIT_TIME, row);

        out.startMessage();
        int field = 0;
        binary(out, field++, commit == null ? instant : Binary.fromConstantByteArray(commit));
        binary(out, field++, sequence == null ? nextSequence() : Binary.fromConstantByteArray(sequence));
        binary(out, field++, key);
        binary(out, field++, partitionPath);
        binary(out, field++, fileName);
        binary(out, field++, Binary.fromConstantByteArray(rowChannel.meterId()));
        binary(out, field++, Binary.fromConstantByteArray(rowChannel.channel()));
        number(out, field++, start);
        number(out, field++, start);
        integer(out, field++, columns.number(Numeric.MINUTES, row));
        decimal(out, field++, columns.number(Numeric.VALUE, row));
        text(out, field++, columns.text(Text.UNIT, row));
        text(out, field++, columns.text(Text.QUALITY, row));
        text(out, field++, columns.text(Text.QUALITY_CODE, row));
        number(out, field++, columns.number(Numeric.RECORDED_AT, row));
        number(out, field++, columns.number(Numeric.RECEIVED_AT, row));
        text(out, field++, columns.text(Text.TIME_ZONE, row));
        text(out, field++, columns.text(Text.UTILITY, row));
        text(out, field++, columns.text(Text.SOURCE_FILE, row));
        text(out, field++, columns.text(Text.FILE_CHECKSUM, row));
        integer(out, field, day);
        out.endMessage();
        rows++;
    }

    private Binary key(ChannelKey rowChannel, long start) {
        if (channel == null || !rowChannel.equals(channel)) {
            channel = rowChannel;
            keyPrefix = rowChannel.recordKeyPrefix();
        }
        byte[] key = (keyPrefix + start).getBytes(UTF_8);
        keys.add(key);
        return Binary.fromConstantByteArray(key);
    }

    private Binary nextSequence() {
        return Binary.fromString(target.instant() + "_" + target.task() + "_" + rows);
    }

    private static void text(RecordConsumer out, int field, byte @Nullable [] value) {
        if (value != null) {
            binary(out, field, Binary.fromConstantByteArray(value));
        }
    }

    private static void decimal(RecordConsumer out, int field, long value) {
        if (value != ReadingColumns.NULL) {
            byte[] bytes = new byte[Long.BYTES];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (value >> (Long.SIZE - Byte.SIZE * (i + 1)));
            }
            binary(out, field, Binary.fromConstantByteArray(bytes));
        }
    }

    private static void binary(RecordConsumer out, int field, Binary value) {
        String name = name(field);
        out.startField(name, field);
        out.addBinary(value);
        out.endField(name, field);
    }

    private static void number(RecordConsumer out, int field, long value) {
        if (value != ReadingColumns.NULL) {
            String name = name(field);
            out.startField(name, field);
            out.addLong(value);
            out.endField(name, field);
        }
    }

    private static void integer(RecordConsumer out, int field, long value) {
        if (value != ReadingColumns.NULL) {
            String name = name(field);
            out.startField(name, field);
            out.addInteger((int) value);
            out.endField(name, field);
        }
    }

    private static String name(int field) {
        return SCHEMA.getFields().get(field).name();
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        Map<String, String> footer = new HashMap<>();
        keys.first().ifPresent(key -> footer.put("hoodie_min_record_key", key));
        keys.last().ifPresent(key -> footer.put("hoodie_max_record_key", key));
        return new FinalizedWriteContext(footer);
    }
}
