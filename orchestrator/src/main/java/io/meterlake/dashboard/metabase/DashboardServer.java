package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.CALL_REFUSED;
import static io.meterlake.dashboard.metabase.MetabaseErrorCode.NOT_EXPORTABLE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

    /**
     * Says what {@link #export} would do; changes nothing.
     *
     * @throws MeterlakeException with a code of {@link MetabaseErrorCode}, or if the files are wrong
     */
    public DashboardExport exportPlan(Path folder) {
        try (ExportFolder copy = ExportFolder.open(folder)) {
            return exporter(copy).look();
        }
    }

    /**
     * Writes into a folder what people changed and made in our collections of Metabase, and marks it as kept by the files.
     * A file that was changed itself is not touched. When it fails half-way, the next one goes on from there.
     *
     * @throws MeterlakeException with a code of {@link MetabaseErrorCode}, or if the files are wrong
     */
    public DashboardExport export(Path folder) {
        try (ExportFolder copy = ExportFolder.open(folder)) {
            Exporter exporter = exporter(copy);
            DashboardExport export = exporter.look();
            exporter.finish(client);
            return export;
        }
    }

    private Exporter exporter(ExportFolder copy) {
        Dashboards files = copy.load();
        ServerState server = read(files);
        if (server.connection().isEmpty()) {
            throw new MeterlakeException(
                    NOT_EXPORTABLE,
                    "Cannot export: Metabase has no connection " + connection.name(),
                    "Run `meterlake dashboard apply` first, or set metabase.connection to its name.");
        }
        Set<Integer> columns = new TreeSet<>();
        Stream.concat(
                        server.objects().values().stream().map(FoundObject::raw),
                        server.handMade().stream().map(HandMade::raw))
                .flatMap(raw -> NativeQuery.read(raw.path("dataset_query")).stream())
                .flatMap(query -> query.tags().values().stream())
                .forEach(tag -> NativeQuery.fieldId(tag.path("dimension")).ifPresent(columns::add));
        return new Exporter(server, copy, files, server.fields().with(client, columns), connection.name());
    }

    private ServerState read(Dashboards dashboards) {
        return ServerReader.read(client, credentials, connection.name(), dashboards);
    }
}
