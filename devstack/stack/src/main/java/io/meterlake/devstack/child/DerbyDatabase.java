package io.meterlake.devstack.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of the metastore's embedded database. */
final class DerbyDatabase {
    /** How Derby reports that one database was shut down as asked. */
    private static final String SHUT_DOWN = "08006";

    private DerbyDatabase() {}

    /**
     * Makes an empty database beside its place and renames it, because Derby refuses a folder whose making was cut
     * short. From there on its transactions keep it whole: the metastore adds the tables that are missing at any start.
     */
    static void makeIfMissing(Path database) throws IOException, SQLException {
        if (Files.isDirectory(database)) {
            return;
        }
        Path unfinished = database.resolveSibling(database.getFileName() + ".unfinished");
        deleteTree(unfinished);
        try (Connection connection = DriverManager.getConnection("jdbc:derby:" + unfinished + ";create=true")) {
            connection.getMetaData();
        }
        shutDown(unfinished);
        Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void shutDown(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:derby:" + database + ";shutdown=true")) {
            throw new IllegalStateException("Derby did not shut down " + database + ": " + connection);
        } catch (SQLException e) {
            if (!SHUT_DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
