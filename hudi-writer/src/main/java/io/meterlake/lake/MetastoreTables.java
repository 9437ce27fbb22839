package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.storage.Storage;
import io.trino.hive.thrift.metastore.FieldSchema;
import io.trino.hive.thrift.metastore.Partition;
import io.trino.hive.thrift.metastore.PrincipalType;
import io.trino.hive.thrift.metastore.SerDeInfo;
import io.trino.hive.thrift.metastore.StorageDescriptor;
import io.trino.hive.thrift.metastore.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hudi.common.model.HoodieRecord;

/** A table of the lake in the Hive Metastore's words: external, Hudi's input format, readable by Trino and Spark. */
final class MetastoreTables {
    private static final String INPUT_FORMAT = "org.apache.hudi.hadoop.HoodieParquetInputFormat";
    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    private static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    private MetastoreTables() {}

    static String location(Path folder) {
        return Storage.of(folder).location(folder);
    }

    /** Whether a location from the metastore is this folder. */
    static boolean sameLocation(String location, Path folder) {
        return Storage.of(folder).isAt(location, folder);
    }

    static Table table(String database, TableDefinition definition, Path folder) {
        Table table = new Table();
        table.setDbName(database);
        table.setTableName(definition.name());
        table.setOwner("meterlake");
        table.setOwnerType(PrincipalType.USER);
        table.setTableType("EXTERNAL_TABLE");
        table.setPartitionKeys(partitionKeys(definition.columns(), definition.partitionColumn()));
        table.setParameters(parameters(definition));
        table.setSd(storage(definition, folder));
        return table;
    }

    static Partition partition(
            String database, TableDefinition table, Path folder, StorageDescriptor tableStorage, String value) {
        StorageDescriptor storage = new StorageDescriptor(tableStorage);
        storage.setLocation(location(folder.resolve(table.partitionColumn().orElseThrow() + "=" + value)));
        Partition partition = new Partition();
        partition.setDbName(database);
        partition.setTableName(table.name());
        partition.setValues(List.of(value));
        partition.setSd(storage);
        partition.setParameters(new HashMap<>());
        return partition;
    }

    private static StorageDescriptor storage(TableDefinition definition, Path folder) {
        StorageDescriptor storage = parquet(
                folder, fields(definition.columns(), definition.partitionColumn()), INPUT_FORMAT, OUTPUT_FORMAT);
        requireNonNull(storage.getSerdeInfo())
                .setParameters(new HashMap<>(Map.of(
                        "path", location(folder), "hoodie.query.as.ro.table", "false", "serialization.format", "1")));
        return storage;
    }

    /** Parquet files of these columns, found as the input format finds them. */
    static StorageDescriptor parquet(Path folder, List<FieldSchema> fields, String inputFormat, String outputFormat) {
        SerDeInfo serde = new SerDeInfo();
        serde.setSerializationLib(SERDE);
        serde.setParameters(new HashMap<>(Map.of("serialization.format", "1")));
        StorageDescriptor storage = new StorageDescriptor();
        storage.setLocation(location(folder));
        storage.setInputFormat(inputFormat);
        storage.setOutputFormat(outputFormat);
        storage.setSerdeInfo(serde);
        storage.setCols(fields);
        storage.setBucketCols(new ArrayList<>());
        storage.setSortCols(new ArrayList<>());
        storage.setParameters(new HashMap<>());
        return storage;
    }

    /** What stands for the files that a view does not have. */
    static StorageDescriptor view() {
        SerDeInfo serde = new SerDeInfo();
        serde.setParameters(new HashMap<>());
        StorageDescriptor storage = new StorageDescriptor();
        storage.setSerdeInfo(serde);
        storage.setCols(new ArrayList<>(List.of(new FieldSchema("dummy", "string", ""))));
        storage.setBucketCols(new ArrayList<>());
        storage.setSortCols(new ArrayList<>());
        storage.setParameters(new HashMap<>());
        return storage;
    }

    /** Hudi's own columns and the table's, but for the one that it is partitioned by. */
    static List<FieldSchema> fields(List<Column> columns, Optional<String> partition) {
        Stream<FieldSchema> meta =
                HoodieRecord.HOODIE_META_COLUMNS.stream().map(name -> new FieldSchema(name, "string", ""));
        Stream<FieldSchema> own = columns.stream()
                .filter(column -> !partition.equals(Optional.of(column.name())))
                .map(MetastoreTables::field);
        return Stream.concat(meta, own).collect(Collectors.toCollection(ArrayList::new));
    }

    static List<FieldSchema> partitionKeys(List<Column> columns, Optional<String> partition) {
        return columns.stream()
                .filter(column -> partition.equals(Optional.of(column.name())))
                .map(MetastoreTables::field)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static FieldSchema field(Column column) {
        return new FieldSchema(column.name(), column.type().hiveName(), "");
    }

    /** With these, Spark takes the table for what it is: a Hudi table with this schema. */
    private static Map<String, String> parameters(TableDefinition definition) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("EXTERNAL", "TRUE");
        parameters.put("spark.sql.sources.provider", "hudi");
        parameters.put("spark.sql.sources.schema.numParts", "1");
        parameters.put("spark.sql.sources.schema.part.0", sparkSchema(definition));
        definition.partitionColumn().ifPresent(column -> {
            parameters.put("spark.sql.sources.schema.numPartCols", "1");
            parameters.put("spark.sql.sources.schema.partCol.0", column);
        });
        return parameters;
    }

    private static String sparkSchema(TableDefinition definition) {
        Stream<String> meta = HoodieRecord.HOODIE_META_COLUMNS.stream().map(name -> sparkField(name, "string"));
        Stream<String> own = definition.columns().stream()
                .map(column -> sparkField(
                        column.name(),
                        column.type() == ColumnType.BIGINT
                                ? "long"
                                : column.type() == ColumnType.INT
                                        ? "integer"
                                        : column.type().hiveName()));
        return Stream.concat(meta, own).collect(Collectors.joining(",", "{\"type\":\"struct\",\"fields\":[", "]}"));
    }

    private static String sparkField(String name, String type) {
        return "{\"name\":\"%s\",\"type\":\"%s\",\"nullable\":true,\"metadata\":{}}".formatted(name, type);
    }
}
