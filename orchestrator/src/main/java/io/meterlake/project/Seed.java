package io.meterlake.project;

import java.util.List;
import java.util.Map;

/**
 * A CSV file that becomes a table. {@link SeedReader} takes its text apart.
 *
 * @param columnTypes declared Trino types by column name; the other columns' types are inferred as dbt does
 * @param delimiter what separates the fields
 * @param checksum SHA-256 of the file's bytes, in hex
 * @param text what the file held when the project was read: the rows must be those of the checksum, whatever is saved
 *     meanwhile
 */
public record Seed(
        String uniqueId,
        String name,
        Location location,
        List<String> fqn,
        Map<String, Object> config,
        String description,
        List<Column> columns,
        Map<String, String> columnTypes,
        char delimiter,
        String checksum,
        String text)
        implements Resource {
    public Seed {
        fqn = List.copyOf(fqn);
        config = Yaml.copyOf(config);
        columns = List.copyOf(columns);
        columnTypes = Map.copyOf(columnTypes);
    }

    @Override
    public ResourceType resourceType() {
        return ResourceType.SEED;
    }
}
