package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.TableDefinition;
import io.meterlake.writer.upsert.ReadingColumns;
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

/**
 * Writes the rows of a table that is partitioned by reading_date, with Hudi's own columns before them and Hudi's entries
 * in the footer. A row is begun, its columns follow in the table's order up to reading_date, and it is ended.
 *
 * @param <R> what a row is taken from
 */
abstract class BaseFileWriteSupport<R> extends WriteSupport<R> {
    private static final int DAYS_FROM = "reading_date=".length();

    private final BaseFileWriter.Target target;
    private final Schema schema;
    private final String[] names;
    private final Binary instant;
    private final Binary partitionPath;
    private final Binary fileName;
    private final int day;
    private final KeyRange keys = new KeyRange();

    private @Nullable RecordConsumer consumer;
    private int field;
    private int rows;

    BaseFileWriteSupport(TableDefinition table, BaseFileWriter.Target target) {
        this.target = target;
        this.schema = table.fileSchema();
        this.names = schema.getFields().stream().map(Schema.Field::name).toArray(String[]::new);
        this.instant = Binary.fromString(target.instant());
        this.partitionPath = Binary.fromString(target.partitionPath());
        this.fileName = Binary.fromString(target.fileName());
        this.day = (int)
                LocalDate.parse(target.partitionPath().substring(DAYS_FROM)).toEpochDay();
    }

    /** Parquet's record of which object model wrote the file; readers of Avro look for it. */
    @Override
    public final String getName() {
        return "avro";
    }

    // Parquet has no other abstract method to say it by.
    @SuppressWarnings("deprecation")
    @Override
    public final WriteContext init(Configuration configuration) {
        return new WriteContext(
                new AvroSchemaConverter().convert(schema), Map.of("parquet.avro.schema", schema.toString()));
    }

    @Override
    public final void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    /**
     * Begins a row with Hudi's own columns.
     *
     * @param commit the instant of the commit that wrote the row first; null for this one
     * @param sequence the row's number within that commit; null for the next one
     */
    final void begin(byte[] key, byte @Nullable [] commit, byte @Nullable [] sequence) {
        out().startMessage();
        field = 0;
        keys.add(key);
        binary(commit == null ? instant : Binary.fromConstantByteArray(commit));
        binary(sequence == null ? nextSequence() : Binary.fromConstantByteArray(sequence));
        binary(Binary.fromConstantByteArray(key));
        binary(partitionPath);
        binary(fileName);
    }

    private Binary nextSequence() {
        return Binary.fromString(target.instant() + "_" + target.task() + "_" + rows);
    }

    final void text(byte @Nullable [] value) {
        if (value == null) {
            field++;
        } else {
            binary(Binary.fromConstantByteArray(value));
        }
    }

    final void decimal(long value) {
        if (value == ReadingColumns.NULL) {
            field++;
            return;
        }
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        binary(Binary.fromConstantByteArray(bytes));
    }

    private void binary(Binary value) {
        out().startField(names[field], field);
        out().addBinary(value);
        out().endField(names[field], field);
        field++;
    }

    final void number(long value) {
        if (value != ReadingColumns.NULL) {
            out().startField(names[field], field);
            out().addLong(value);
            out().endField(names[field], field);
        }
        field++;
    }

    final void integer(long value) {
        if (value != ReadingColumns.NULL) {
            out().startField(names[field], field);
            out().addInteger((int) value);
            out().endField(names[field], field);
        }
        field++;
    }

    /** Ends the row with its day. */
    final void end() {
        integer(day);
        if (field != names.length) {
            throw new IllegalStateException(field + " of " + names.length + " columns were written");
        }
        out().endMessage();
        rows++;
    }

    private RecordConsumer out() {
        return requireNonNull(consumer, "not prepared");
    }

    @Override
    public final FinalizedWriteContext finalizeWrite() {
        Map<String, String> footer = new HashMap<>();
        keys.first().ifPresent(key -> footer.put("hoodie_min_record_key", key));
        keys.last().ifPresent(key -> footer.put("hoodie_max_record_key", key));
        return new FinalizedWriteContext(footer);
    }
}
