package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A table of the lake.
 *
 * @param columns in the order of the table, the partition column among them
 * @param key the names of the record key's columns; no two rows of the table have the same key
 * @param partition the name of the DATE column that the table is partitioned by, or null
 * @param ordering the name of the column that decides between two rows of one key, or null if the later commit wins
 */
public record TableDefinition(
        String name,
        List<Column> columns,
        List<String> key,
        @Nullable String partition,
        @Nullable String ordering,
        TableLayout layout) {
    public TableDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(layout, "layout is null");
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        List<String> names = columns.stream().map(Column::name).toList();
        if (!names.containsAll(key) || (partition != null && !names.contains(partition))) {
            throw new IllegalArgumentException("key or partition is not among the columns of " + name);
        }
    }

    public Optional<String> partitionColumn() {
        return Optional.ofNullable(partition);
    }

    public Optional<String> orderingColumn() {
        return Optional.ofNullable(ordering);
    }

    /** The schema of the table's rows, without Hudi's own columns. */
    public Schema schema() {
        return AvroSchemas.of(this);
    }

    /** The schema of the table's files: Hudi's own columns before those of {@link #schema()}. */
    public Schema fileSchema() {
        return AvroSchemas.withMetaColumns(this);
    }
}
