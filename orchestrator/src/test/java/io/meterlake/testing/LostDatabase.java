package io.meterlake.testing;

import io.meterlake.lake.Lake;
import java.nio.file.Path;

/** A metastore that has lost a database, as one does that was set up anew: no one may drop a snapshot's through Trino. */
public final class LostDatabase {
    private LostDatabase() {}

    /** Drops the database of a snapshot of this lake, and those of the models built from it. */
    public static void of(Lake lake, String database) {
        String location = lake.manifestDatabases().location(database).orElseThrow();
        lake.manifestDatabases().drop(database, Path.of(location.substring("file:".length())));
    }
}
