package io.meterlake.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.hudi.common.model.HoodieRecord;

/** Avro schemas as Spark's Hudi writer names and shapes them, so that both can write to a table. */
final class AvroSchemas {
    private static final int DECIMAL_BYTES = 8;

    private AvroSchemas() {}

    static Schema of(TableDefinition table) {
        return record(table, table.columns().stream().map(column -> field(table, column)));
    }

    static Schema withMetaColumns(TableDefinition table) {
        Stream<Schema.Field> meta = HoodieRecord.HOODIE_META_COLUMNS.stream()
                .map(name -> new Schema.Field(name, nullable(Schema.create(Schema.Type.STRING)), "", nullDefault()));
        return record(table, Stream.concat(meta, table.columns().stream().map(column -> field(table, column))));
    }

    private static Schema record(TableDefinition table, Stream<Schema.Field> fields) {
        List<Schema.Field> all = new ArrayList<>(fields.toList());
        return Schema.createRecord(table.name() + "_record", null, namespace(table), false, all);
    }

    private static String namespace(TableDefinition table) {
        return "hoodie." + table.name();
    }

    private static Schema.Field field(TableDefinition table, Column column) {
        return new Schema.Field(column.name(), nullable(type(table, column)), null, nullDefault());
    }

    private static Schema type(TableDefinition table, Column column) {
        return switch (column.type()) {
            case STRING -> Schema.create(Schema.Type.STRING);
            case INT -> Schema.create(Schema.Type.INT);
            case BIGINT -> Schema.create(Schema.Type.LONG);
            case DECIMAL_18_6 -> LogicalTypes.decimal(18, 6).addToSchema(fixed(table, column));
            case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
        };
    }

    private static Schema fixed(TableDefinition table, Column column) {
        String namespace = namespace(table) + "." + table.name() + "_record." + column.name();
        return Schema.createFixed("fixed", null, namespace, DECIMAL_BYTES);
    }

    private static Schema nullable(Schema type) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    private static Object nullDefault() {
        return Schema.Field.NULL_DEFAULT_VALUE;
    }
}
