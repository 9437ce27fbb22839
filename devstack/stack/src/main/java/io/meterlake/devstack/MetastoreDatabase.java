package io.meterlake.devstack;

import static io.meterlake.devstack.DevStackErrorCode.INVALID_STACK_SETTINGS;

import io.meterlake.error.MeterlakeException;

/**
 * Where the metastore keeps what it knows.
 *
 * @param url {@code jdbc:postgresql://host:port/name}; empty for an embedded Derby in the state folder
 * @param user who logs in to it
 * @param password handed to the server in its environment, never written down
 */
public record MetastoreDatabase(String url, String user, String password) {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** In the state folder. */
    public static final MetastoreDatabase EMBEDDED = new MetastoreDatabase("", "", "");

    /** Throws a {@link MeterlakeException} for another database's address. */
    public MetastoreDatabase {
        if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
            throw new MeterlakeException(
                    INVALID_STACK_SETTINGS,
                    "Cannot start the stack: the metastore's database is at " + withoutParameters(url)
                            + ", which is no PostgreSQL",
                    "Write stack.metastore-database as jdbc:postgresql://host:5432/metastore, or leave it empty for an"
                            + " embedded one.");
        }
        if (url.contains("password=")) {
            throw new MeterlakeException(
                    INVALID_STACK_SETTINGS,
                    "Cannot start the stack: the address of the metastore's database holds a password",
                    "Take it out of stack.metastore-database and set METERLAKE_STACK_METASTORE_DATABASE_PASSWORD.");
        }
    }

    boolean isEmbedded() {
        return url.isEmpty();
    }

    private static String withoutParameters(String url) {
        return url.replaceAll("[?;].*", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return isEmbedded() ? "embedded" : withoutParameters(url) + " as " + user;
    }
}
