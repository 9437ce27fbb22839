package io.meterlake.engine;

import static io.meterlake.engine.TrinoDialect.withoutTerminator;

import io.trino.jdbc.TrinoDriver;
import io.trino.jdbc.TrinoResultSet;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements in Trino, each on a connection of its own: a Trino connection is only a few session settings. All
 * methods throw {@link EngineException}. Thread-safe. Closing it cancels what still runs.
 */
public final class Trino implements AutoCloseable {
    private final TrinoSettings settings;
    private final TrinoDriver driver = new TrinoDriver();
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();

    public Trino(TrinoSettings settings) {
        this.settings = settings;
    }

    /** Runs any statement; a query's rows go to the sink. One {@code ;} at the end is allowed. */
    public Completion run(String sql, RowSink sink) {
        return run(sql, sink, 0);
    }

    /**
     * The same, with no more than the first rows; what the statement says stays as it is, its order included.
     *
     * @param maxRows 0: all
     */
    public Completion run(String sql, RowSink sink, long maxRows) {
        String text = withoutTerminator(sql);
        return run(
                text,
                connection -> {
                    Statement statement = connection.createStatement();
                    statement.setLargeMaxRows(maxRows);
                    return statement;
                },
                statement -> statement.execute(text),
                sink);
    }

    private <S extends Statement> Completion run(String sql, Opening<S> opening, Execution<S> execution, RowSink sink) {
        try (Connection connection = connect();
                S statement = opening.open(connection)) {
            running.add(statement);
            String[] queryId = new String[1];
            statement
                    .unwrap(io.trino.jdbc.TrinoStatement.class)
                    .setProgressMonitor(stats -> queryId[0] = stats.getQueryId());
            try {
                return completion(statement, execution.isQuery(statement), sink, queryId);
            } catch (SQLException e) {
                throw TrinoFailure.of(e, settings, sql, queryId[0]);
            } finally {
                running.remove(statement);
            }
        } catch (SQLException e) {
            throw TrinoFailure.of(e, settings, sql, null);
        }
    }

    /** Makes a statement. */
    private interface Opening<S extends Statement> {
        S open(Connection connection) throws SQLException;
    }

    /** Executes it. */
    private interface Execution<S extends Statement> {
        boolean isQuery(S statement) throws SQLException;
    }

    /** Runs a query and keeps all of its rows. */
    public Rows rows(String sql) {
        Rows.Collector collector = new Rows.Collector();
        Completion completion = run(sql, collector);
        return collector.rows(completion.queryId());
    }

    /**
     * Runs a query with a value for each {@code ?}, which are no part of the statement's text.
     *
     * @param values String, Boolean, Long, BigDecimal or LocalDate
     */
    public Completion run(String sql, List<?> values, RowSink sink) {
        return run(
                sql,
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(withoutTerminator(sql));
                    for (int i = 0; i < values.size(); i++) {
                        TrinoValue.bind(statement, i + 1, values.get(i));
                    }
                    return statement;
                },
                PreparedStatement::execute,
                sink);
    }

    /** The same, and keeps all rows. */
    public Rows rows(String sql, List<?> values) {
        Rows.Collector collector = new Rows.Collector();
        Completion completion = run(sql, values, collector);
        return collector.rows(completion.queryId());
    }

    /** Runs a statement whose rows, if any, are of no interest. */
    public Completion execute(String sql) {
        return run(sql, new Rows.Collector());
    }

    /**
     * Ends a query that somebody began as the same user, such as a process that was killed. By Trino's own resource for it:
     * the procedure {@code kill_query} is nothing that access rules give to everybody.
     *
     * @return whether Trino took it; a query that has ended is ended already
     */
    public boolean end(String queryId) {
        HttpRequest request = settings.access()
                .addTo(HttpRequest.newBuilder(settings.url().resolve("/v1/query/" + queryId)), settings.user())
                .header("X-Trino-User", settings.user())
                .timeout(Duration.ofSeconds(10))
                .DELETE()
                .build();
        try (HttpClient http = settings.access().httpClient()) {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status < 300 || status == 404 || status == 410;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Trino's version, such as {@code 483}. */
    public String version() {
        return rows("select version()").firstColumn().getFirst();
    }

    /** The time zone that statements run in, as Trino names it. */
    public String timeZone() {
        return rows("select current_timezone()").firstColumn().getFirst();
    }

    /** Cancels what runs now, in Trino, too; its callers get an {@link EngineException}. */
    @Override
    public void close() {
        for (Statement statement : running) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It is being given up; Trino ends an abandoned query by itself after some minutes.
            }
        }
        try {
            driver.close();
        } catch (IOException e) {
            // Idle connections; they end with the process.
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = driver.connect(settings.jdbcUrl(), settings.properties());
        if (connection == null) {
            throw new SQLException("Not an address of Trino: " + settings.url());
        }
        return connection;
    }

    private static Completion completion(Statement statement, boolean isQuery, RowSink sink, @Nullable String[] queryId)
            throws SQLException {
        if (!isQuery) {
            String type = statement.unwrap(io.trino.jdbc.TrinoStatement.class).getUpdateType();
            String id = queryId[0] == null ? "" : queryId[0];
            return new Completion.Updated(id, type == null ? "" : type, Math.max(0, statement.getLargeUpdateCount()));
        }
        try (ResultSet results = statement.getResultSet()) {
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                columns.add(new Column(
                        results.getMetaData().getColumnLabel(i),
                        results.getMetaData().getColumnTypeName(i)));
            }
            sink.columns(List.copyOf(columns));
            long count = 0;
            while (results.next()) {
                List<@Nullable Object> row = new ArrayList<>(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    row.add(TrinoValue.read(results, i + 1, columns.get(i)));
                }
                sink.row(row);
                count++;
            }
            return new Completion.Selected(results.unwrap(TrinoResultSet.class).getQueryId(), count);
        }
    }
}
