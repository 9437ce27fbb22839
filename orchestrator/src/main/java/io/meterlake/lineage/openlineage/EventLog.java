package io.meterlake.lineage.openlineage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends events over all transports. Never throws: what goes wrong is a warning, and a transport that failed is left
 * alone for the rest of the command, so that a server that hangs holds nothing up twice.
 *
 * <p>Thread-safe.
 */
public final class EventLog {
    private final List<EventTransport> transports;
    private final String jobNamespace;
    private final String tableNamespace;
    private final String lakeDatabase;
    private final Ancestry ancestry;
    private final Consumer<String> warnings;

    /**
     * @param jobNamespace of every job, {@code meterlake.<project>}
     * @param tableNamespace of every table, {@code trino://host:port}
     * @param lakeDatabase the metastore database of the lake's tables
     * @param ancestry what started this command
     * @param warnings takes a line for the person who waits
     */
    public EventLog(
            List<EventTransport> transports,
            String jobNamespace,
            String tableNamespace,
            String lakeDatabase,
            Ancestry ancestry,
            Consumer<String> warnings) {
        this.transports = new ArrayList<>(transports);
        this.jobNamespace = jobNamespace;
        this.tableNamespace = tableNamespace;
        this.lakeDatabase = lakeDatabase;
        this.ancestry = ancestry;
        this.warnings = warnings;
    }

    String jobNamespace() {
        return jobNamespace;
    }

    Ancestry ancestry() {
        return ancestry;
    }

    String tableNamespace() {
        return tableNamespace;
    }

    /** The address of a table of the lake, wherever it was read. */
    String lakeTable(String table) {
        return "hudi." + lakeDatabase + "." + table;
    }

    /** For the person who waits. */
    void warn(String line) {
        warnings.accept(line);
    }

    synchronized void send(Supplier<RunEvent> event) {
        if (transports.isEmpty()) {
            return;
        }
        String json;
        try {
            json = event.get().json();
        } catch (RuntimeException e) {
            warnings.accept("Cannot make an OpenLineage event: " + e);
            return;
        }
        for (EventTransport transport : List.copyOf(transports)) {
            try {
                transport.send(json);
            } catch (IOException | RuntimeException e) {
                transports.remove(transport);
                warnings.accept("Cannot send OpenLineage events to %s: %s. No more are sent there by this command; the"
                                .formatted(transport, e)
                        + " run itself goes on.");
            }
        }
    }
}
