package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table that is a list of base files: in each of its folders lies a text file that names some, a path a line.
 *
 * @param columns all columns but Hudi's own, the partition column among them
 * @param partitionColumn empty: the list lies in the table's folder itself
 * @param partitions the paths of the partitions' folders below the table's, such as {@code reading_date=2026-01-25};
 *     none for a table without partitions
 */
public record ManifestTable(
        String name, List<Column> columns, Optional<String> partitionColumn, Path folder, List<String> partitions) {
    public ManifestTable {
        requireNonNull(name, "name is null");
        requireNonNull(partitionColumn, "partitionColumn is null");
        requireNonNull(folder, "folder is null");
        columns = List.copyOf(columns);
        partitions = List.copyOf(partitions);
    }
}
