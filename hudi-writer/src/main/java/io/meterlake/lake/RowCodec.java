package io.meterlake.lake;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Rows as maps to Avro records and back. */
final class RowCodec {
    private static final int DECIMAL_SCALE = 6;

    private final TableDefinition table;
    private final Schema schema;

    RowCodec(TableDefinition table) {
        this.table = table;
        this.schema = table.schema();
    }

    GenericRecord encode(Map<String, ? extends @Nullable Object> row) {
        for (String name : row.keySet()) {
            if (schema.getField(name) == null) {
                throw new IllegalArgumentException("no column " + name + " in " + table.name());
            }
        }
        GenericRecord avro = new GenericData.Record(schema);
        for (Column column : table.columns()) {
            Object value = row.get(column.name());
            avro.put(column.name(), value == null ? null : encode(column, value));
        }
        return avro;
    }

    private Object encode(Column column, Object value) {
        return switch (column.type()) {
            case STRING -> (String) value;
            case INT -> (Integer) value;
            case BIGINT -> (Long) value;
            case DECIMAL_18_6 -> fixed(column, (BigDecimal) value);
            case TIMESTAMP -> micros((Instant) value);
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
        };
    }

    private GenericFixed fixed(Column column, BigDecimal value) {
        long unscaled = value.setScale(DECIMAL_SCALE).unscaledValue().longValueExact();
        Schema type = schema.getField(column.name()).schema().getTypes().get(1);
        return new GenericData.Fixed(
                type, ByteBuffer.allocate(Long.BYTES).putLong(unscaled).array());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    Map<String, @Nullable Object> decode(GenericRecord avro) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            Object value = avro.hasField(column.name()) ? avro.get(column.name()) : null;
            row.put(column.name(), value == null ? null : decode(column, value));
        }
        return row;
    }

    private static Object decode(Column column, Object value) {
        return switch (column.type()) {
            case STRING -> value.toString();
            case INT, BIGINT -> value;
            case DECIMAL_18_6 -> new BigDecimal(new BigInteger(((GenericFixed) value).bytes()), DECIMAL_SCALE);
            case TIMESTAMP -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
            case DATE -> LocalDate.ofEpochDay((Integer) value);
        };
    }
}
