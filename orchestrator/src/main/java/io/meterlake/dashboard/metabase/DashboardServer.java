package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.CALL_REFUSED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.error.MeterlakeException;
import java.util.List;
import java.util.function.Consumer;

/** A Metabase server that shall have the dashboards of the files. Not thread-safe. */
public final class DashboardServer {
    private final MetabaseClient client;
    private final Credentials credentials;
    private final TrinoConnection connection;
    private final SyncWait wait;

    /**
     * Calls nothing yet.
     *
     * @param connection how Metabase shall reach Trino
     * @param wait how long to wait for tables to appear
     */
    public DashboardServer(MetabaseClient client, Credentials credentials, TrinoConnection connection, SyncWait wait) {
        this.client = client;
        this.credentials = credentials;
        this.connection = connection;
        this.wait = wait;
    }

    /**
     * Compares; changes nothing.
     *
     * @throws MeterlakeException with a code of {@link MetabaseErrorCode}
     */
    public DashboardPlan plan(Dashboards dashboards) {
        return Planner.plan(read(dashboards), dashboards, connection, credentials);
    }

    /**
     * Does what {@link #plan} says. When it fails half-way, what it did stays, and the next one goes on from there.
     *
     * @param done told of each step that was done
     * @return the plan that was carried out
     * @throws MeterlakeException with a code of {@link MetabaseErrorCode}
     */
    public DashboardPlan apply(Dashboards dashboards, Consumer<DashboardPlan.Step> done) {
        ServerState server = read(dashboards);
        DashboardPlan plan = Planner.plan(server, dashboards, connection, credentials);
        new Applier(client, credentials, connection, wait, dashboards, server).run(plan, done);
        return plan;
    }

    /**
     * Has Metabase look for new tables and columns, as after a run of the models. It goes on in the background.
     *
     * @throws MeterlakeException {@code CALL_REFUSED} if there is no connection yet
     */
    public void sync() {
        ServerState.Connection found = read(new Dashboards(List.of(), List.of(), List.of()))
                .connection()
                .orElseThrow(() -> new MeterlakeException(
                        CALL_REFUSED,
                        "Cannot sync the connection " + connection.name() + ": Metabase has none of that name",
                        "Run `meterlake dashboard apply` first."));
        client.post(
                "sync the connection " + connection.name(),
                "/api/database/" + found.id() + "/sync_schema",
                JsonNodeFactory.instance.objectNode());
    }

    private ServerState read(Dashboards dashboards) {
        return ServerReader.read(client, credentials, connection.name(), dashboards);
    }
}
