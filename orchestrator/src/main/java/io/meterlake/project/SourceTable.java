package io.meterlake.project;

import java.util.List;
import java.util.Map;

/**
 * A table that others fill, such as the lake's.
 *
 * @param sourceName the first argument of {@code source()}; {@link #name} is the second
 * @param declared where the property file says that it is
 */
public record SourceTable(
        String uniqueId,
        String sourceName,
        String name,
        Location location,
        List<String> fqn,
        Map<String, Object> config,
        String description,
        List<Column> columns,
        Relation declared)
        implements Resource {
    /** Stands for the catalog of the target where the file names none; the compiler puts the target's name in. */
    static final String TARGET_CATALOG = "";

    public SourceTable {
        fqn = List.copyOf(fqn);
        config = Yaml.copyOf(config);
        columns = List.copyOf(columns);
    }

    @Override
    public ResourceType resourceType() {
        return ResourceType.SOURCE;
    }

    /** Whether the file leaves the catalog to the target. */
    public boolean isInTargetCatalog() {
        return declared.catalog().equals(TARGET_CATALOG);
    }

    /** The same table somewhere else. */
    public SourceTable at(Relation relation) {
        return new SourceTable(uniqueId, sourceName, name, location, fqn, config, description, columns, relation);
    }
}
