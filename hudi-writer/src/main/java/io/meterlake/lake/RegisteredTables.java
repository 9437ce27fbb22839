package io.meterlake.lake;

import java.util.List;
import java.util.Set;

/** What a Hive Metastore knows; asks only, and registers nothing. Thread-safe. */
public final class RegisteredTables {
    private final LakeConfig config;

    public RegisteredTables(LakeConfig config) {
        this.config = config;
    }

    /**
     * The names of a database's tables and views; none if there is no such database.
     *
     * @throws io.meterlake.error.MeterlakeException {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}
     */
    public Set<String> of(String database) {
        return MetastoreConnection.of(config)
                .call("list the tables of " + database, client -> Set.copyOf(client.getTables(database, "*")));
    }

    /**
     * The lake's tables that are on disk and that the metastore does not have.
     *
     * @throws io.meterlake.error.MeterlakeException {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}
     */
    public List<String> missing() {
        List<String> onDisk = LakeTables.ALL.stream()
                .map(TableDefinition::name)
                .filter(name -> TableStorage.exists(config.root().resolve(name)))
                .toList();
        if (onDisk.isEmpty()) {
            return onDisk;
        }
        Set<String> registered = of(config.database());
        return onDisk.stream().filter(name -> !registered.contains(name)).toList();
    }
}
