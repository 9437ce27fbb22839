package io.meterlake.compile;

import io.meterlake.project.Fixture;
import io.meterlake.project.Location;
import java.util.List;
import java.util.SequencedMap;

/**
 * A tested model's query that reads common table expressions in place of tables. What is in these depends on the types of
 * the tables' columns, which only Trino knows.
 *
 * @param location of the test
 * @param sql the model's, rendered for the test
 * @param inputs what it reads
 * @param expected the rows that it should give
 */
public record UnitTestQuery(Location location, String sql, List<Input> inputs, Fixture expected) {
    /**
     * A table that the test stands in for.
     *
     * @param name of the common table expression
     * @param table as the test names it, such as {@code ref('x')}
     * @param columnsOf what stands after {@code from} to see the columns of the table: a name, or a query in parentheses
     */
    public record Input(String name, String table, Location location, String columnsOf, Fixture rows) {}

    public UnitTestQuery {
        inputs = List.copyOf(inputs);
    }

    /**
     * The whole query.
     *
     * @param rows a query for each input, by the input's name
     */
    public String reading(SequencedMap<String, String> rows) {
        return PastedModels.inFrontOf(sql, rows);
    }
}
