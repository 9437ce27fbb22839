package io.meterlake.devstack.child;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/** Runs the Hive Metastore that is on this process's class path. */
public final class MetastoreMain {
    /** Instead of a folder, for a database of its own. */
    public static final String NO_DERBY = "-";

    /** The environment variable with the password of such a database. */
    public static final String PASSWORD = "METASTORE_DATABASE_PASSWORD";

    private MetastoreMain() {}

    /**
     * Starts the server.
     *
     * @param arguments the embedded database's folder or {@link #NO_DERBY}, then the server's own
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException, SQLException {
        Lifeline.hold();
        if (!arguments[0].equals(NO_DERBY)) {
            DerbyDatabase.makeIfMissing(Path.of(arguments[0]));
        }
        String password = System.getenv(PASSWORD);
        if (password != null) {
            // The server takes its settings from here as well, and its file is no place for a secret.
            System.setProperty("javax.jdo.option.ConnectionPassword", password);
        }
        try {
            Class.forName("org.apache.hadoop.hive.metastore.HiveMetaStore")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            // Threads that the server began would keep the process alive after its main has failed.
            e.printStackTrace();
            System.exit(1);
        }
    }
}
