package io.meterlake.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements, as a client of the stack would run them. */
final class Trino {
    private Trino() {}

    /** Runs the statements and gives the first row of the last one, its values parted by a bar. */
    static String run(DevStack stack, String... statements) {
        String url = "jdbc:trino://127.0.0.1:" + stack.trinoUri().getPort();
        try (Connection connection = DriverManager.getConnection(url, "test", null);
                Statement statement = connection.createStatement()) {
            String row = "";
            for (String sql : statements) {
                row = statement.execute(sql) ? firstRow(sql, statement) : "";
            }
            return row;
        } catch (SQLException e) {
            throw new AssertionError("Trino refuses " + String.join("; ", statements), e);
        }
    }

    private static String firstRow(String sql, Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            assertThat(rows.next()).as("a row of %s", sql).isTrue();
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                values.add(String.valueOf(rows.getString(column)));
            }
            return String.join("|", values);
        }
    }
}
