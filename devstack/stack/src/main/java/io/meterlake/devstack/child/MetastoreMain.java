package io.meterlake.devstack.child;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/** Runs the Hive Metastore that is on this process's class path. */
public final class MetastoreMain {
    private MetastoreMain() {}

    /**
     * Starts the server.
     *
     * @param arguments the database's folder, then the server's own
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException, SQLException {
        Lifeline.hold();
        DerbyDatabase.makeIfMissing(Path.of(arguments[0]));
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
