package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ReadingColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Reads a base file of meter_readings into columns. It may have been written by Spark: rows in any order, columns
 * missing that came later.
 */
final class BaseFileReader {
    private static final Map<ReadingColumns.Numeric, String> NUMBERS = new EnumMap<>(Map.of(
            ReadingColumns.Numeric.START, "interval_start_us",
            ReadingColumns.Numeric.MINUTES, "interval_minutes",
            ReadingColumns.Numeric.VALUE, "value",
            ReadingColumns.Numeric.RECORDED_AT, "recorded_at",
            ReadingColumns.Numeric.RECEIVED_AT, "received_at"));

    private BaseFileReader() {}

    static ReadingColumns read(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = wanted(reader.getFileMetaData().getSchema());
            reader.setRequestedSchema(schema);
            BaseFileColumns columns = new BaseFileColumns(Math.toIntExact(reader.getRecordCount()));
            String createdBy = reader.getFileMetaData().getCreatedBy();
            int from = 0;
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                int rows = Math.toIntExact(group.getRowCount());
                readGroup(
                        new ColumnReadStoreImpl(group, new NoRecords(), schema, createdBy),
                        schema,
                        columns,
                        from,
                        rows);
                from += rows;
            }
            return columns.sorted(file);
        }
    }

    private static MessageType wanted(MessageType schema) {
        List<Type> fields = schema.getFields().stream()
                .filter(field -> !field.getName().startsWith("_hoodie_")
                        || field.getName().startsWith("_hoodie_commit_"))
                .toList();
        return new MessageType(schema.getName(), fields);
    }

    private static void readGroup(
            ColumnReadStoreImpl store, MessageType schema, BaseFileColumns columns, int from, int rows) {
        DictionaryColumn meterIds = new DictionaryColumn(rows);
        DictionaryColumn channels = new DictionaryColumn(rows);
        read(store, schema, "meter_id", rows, (row, reader) -> meterIds.set(row, reader.getBinary()));
        read(store, schema, "channel", rows, (row, reader) -> channels.set(row, reader.getBinary()));
        columns.addChannels(from, rows, meterIds, channels);
        NUMBERS.forEach((number, name) -> {
            long[] target = columns.numbers(number);
            read(store, schema, name, rows, (row, reader) -> target[from + row] = number(reader));
        });
        for (ReadingColumns.Text text : ReadingColumns.Text.values()) {
            if (text == ReadingColumns.Text.COMMIT_SEQUENCE) {
                read(
                        store,
                        schema,
                        "_hoodie_commit_seqno",
                        rows,
                        (row, reader) -> columns.sequences()
                                .set(from + row, reader.getBinary().getBytesUnsafe()));
            } else {
                DictionaryColumn target = columns.texts(text);
                read(store, schema, name(text), rows, (row, reader) -> target.set(from + row, reader.getBinary()));
            }
        }
    }

    private static String name(ReadingColumns.Text text) {
        String name = text.name().toLowerCase(Locale.ROOT);
        return text == ReadingColumns.Text.COMMIT_TIME ? "_hoodie_" + name : name;
    }

    private interface Cell {
        void take(int row, ColumnReader reader);
    }

    private static void read(ColumnReadStoreImpl store, MessageType schema, String name, int rows, Cell cell) {
        if (!schema.containsField(name)) {
            return;
        }
        ColumnReader reader = store.getColumnReader(schema.getColumnDescription(new String[] {name}));
        int present = reader.getDescriptor().getMaxDefinitionLevel();
        for (int row = 0; row < rows; row++) {
            if (reader.getCurrentDefinitionLevel() == present) {
                cell.take(row, reader);
            }
            reader.consume();
        }
    }

    private static long number(ColumnReader reader) {
        PrimitiveType type = reader.getDescriptor().getPrimitiveType();
        PrimitiveTypeName physical = type.getPrimitiveTypeName();
        if (physical == PrimitiveTypeName.INT32) {
            return reader.getInteger();
        }
        if (physical == PrimitiveTypeName.INT64) {
            return reader.getLong();
        }
        byte[] bytes = reader.getBinary().getBytesUnsafe();
        long value = bytes[0];
        for (int i = 1; i < bytes.length; i++) {
            value = value << Byte.SIZE | (bytes[i] & 0xff);
        }
        return value;
    }

    /** Parquet wants converters to records also where only columns are read. */
    private static final class NoRecords extends GroupConverter {
        private final PrimitiveConverter none = new PrimitiveConverter() {};

        @Override
        public Converter getConverter(int field) {
            return none;
        }

        @Override
        public void start() {
            throw new UnsupportedOperationException("columns only");
        }

        @Override
        public void end() {
            throw new UnsupportedOperationException("columns only");
        }
    }
}
