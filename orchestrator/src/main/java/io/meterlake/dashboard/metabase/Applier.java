package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.NOT_SYNCED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.ServerSettings.CachePolicy;
import io.meterlake.dashboard.ServerSettings.ReaderGroup;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import io.meterlake.error.MeterlakeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries a plan out, once. Each object has its line in the description from the first call that makes it, so whatever was
 * done before a failure is recognised and not made again.
 */
final class Applier {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final MetabaseClient client;
    private final Credentials credentials;
    private final TrinoConnection connection;
    private final SyncWait wait;
    private final Dashboards dashboards;
    private final Map<Kind, Map<String, Integer>> ids = new HashMap<>();
    private final Map<String, Integer> groups;
    private Optional<Integer> connectionId;
    private Fields fields;

    Applier(
            MetabaseClient client,
            Credentials credentials,
            TrinoConnection connection,
            SyncWait wait,
            Dashboards dashboards,
            ServerState server) {
        this.client = client;
        this.credentials = credentials;
        this.connection = connection;
        this.wait = wait;
        this.dashboards = dashboards;
        this.connectionId = server.connection().map(ServerState.Connection::id);
        this.groups = new HashMap<>(server.access().groups());
        this.fields = server.fields();
        for (Kind kind : Kind.values()) {
            ids.put(kind, new HashMap<>());
        }
        server.objects().forEach((key, found) -> idsOf(key.kind()).put(key.slug(), found.id()));
    }

    void run(DashboardPlan plan, Consumer<Step> done) {
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.FirstUser(String email, String token) -> setUp(email, token);
                case Step.CreateConnection create -> createConnection();
                case Step.ChangeConnection(int id, TrinoConnection wanted, List<Difference> differences) ->
                    changeConnection(id);
                case Step.Create(ObjectState wanted) -> create(wanted);
                case Step.Change change -> change(change.found(), change.wanted());
                case Step.CreateGroup(String name) -> groups.put(name, ServerAccess.createGroup(client, name));
                case Step.Permit(ReaderGroup group, List<Difference> differences) ->
                    ServerAccess.permit(
                            client,
                            group,
                            groups.getOrDefault(group.name(), 0),
                            connectionId.orElseThrow(),
                            idsOf(Kind.COLLECTION));
                case Step.ChangeCache(CachePolicy policy, List<Difference> differences) ->
                    ServerAccess.changeCache(client, policy);
                case Step.Archive(FoundObject found) ->
                    put("archive", found, JSON.objectNode().put("archived", true));
            }
            done.accept(step);
        }
    }

    private void setUp(String email, String token) {
        Credentials.Login.Password login = (Credentials.Login.Password) credentials.login();
        ObjectNode body = JSON.objectNode().put("token", token);
        body.putObject("user").put("email", email).put("password", login.password());
        body.putObject("prefs").put("site_name", "Meterlake").put("site_locale", "en");
        client.session(client.post("set up Metabase", "/api/setup", body));
    }

    private void createConnection() {
        ObjectNode body = JSON.objectNode().put("name", connection.name()).put("engine", TrinoConnection.ENGINE);
        body.set("details", connection.details(credentials.trinoPassword()));
        int id = client.post("create the connection " + connection.name(), "/api/database", body)
                .path("id")
                .asInt();
        connectionId = Optional.of(id);
        // A connection cannot be made with a description. If this fails it is used all the same, since it leads where
        // it shall, and only not taken for ours when the address changes.
        client.put(
                "describe the connection " + connection.name(),
                "/api/database/" + id,
                JSON.objectNode().put("description", ServerReader.CONNECTION_MARKER));
    }

    private void changeConnection(int id) {
        JsonNode known = client.get("/api/database/" + id).path("details");
        ObjectNode body = JSON.objectNode();
        // The known password comes back masked, and the server takes the mask for "as before".
        body.set(
                "details",
                connection.details(
                        known instanceof ObjectNode object ? object : JSON.objectNode(), credentials.trinoPassword()));
        client.put("change the connection " + connection.name(), "/api/database/" + id, body);
    }

    private void create(ObjectState wanted) {
        ObjectKey key = wanted.key();
        ObjectNode body = body(wanted, Optional.empty());
        if (key.kind() == Kind.DASHBOARD) {
            // One is made without its cards, which takes a second call.
            ObjectNode first = JSON.objectNode();
            first.set("name", body.path("name"));
            first.put("description", described(wanted, Marker.UNFINISHED));
            first.set("collection_id", body.path("collection_id"));
            int id = post(key, first);
            client.put("fill " + key, "/api/dashboard/" + id, body);
        } else {
            post(key, body);
        }
    }

    private int post(ObjectKey key, ObjectNode body) {
        int id = client.post("create " + key, "/api/" + key.kind().word(), body)
                .path("id")
                .asInt();
        idsOf(key.kind()).put(key.slug(), id);
        return id;
    }

    private void change(FoundObject found, ObjectState wanted) {
        if (found.archived()) {
            // On its own, since what is in the trash takes no other change.
            put("restore", found, JSON.objectNode().put("archived", false));
        }
        put("change", found, body(wanted, Optional.of(found)));
    }

    private void put(String verb, FoundObject found, ObjectNode body) {
        ObjectKey key = found.key();
        client.put(verb + " " + key, "/api/" + key.kind().word() + "/" + found.id(), body);
    }

    private ObjectNode body(ObjectState wanted, Optional<FoundObject> found) {
        ObjectKey key = wanted.key();
        ObjectNode body = switch (key.kind()) {
            case COLLECTION -> JSON.objectNode();
            case CARD -> Payloads.card(dashboards.card(key.slug()).orElseThrow(), connectionId.orElseThrow(), fields());
            case DASHBOARD ->
                Payloads.dashboard(dashboards.dashboard(key.slug()).orElseThrow(), dashboards, idsOf(Kind.CARD), found);
        };
        body.put("name", wanted.name());
        body.put("description", described(wanted, wanted.fingerprint()));
        String collection = wanted.properties().get("collection");
        if (collection != null) {
            body.put("collection_id", idsOf(Kind.COLLECTION).getOrDefault(collection, 0));
        }
        return body;
    }

    private String described(ObjectState wanted, String fingerprint) {
        return new Marker(connection.name(), wanted.key(), fingerprint)
                .append(wanted.properties().getOrDefault("description", ""));
    }

    /** Those of the tables, after a sync if one is needed. */
    private Fields fields() {
        List<String> needed = Fields.needed(dashboards);
        if (fields.missing(needed).isEmpty()) {
            return fields;
        }
        int id = connectionId.orElseThrow();
        client.post(
                "sync the connection " + connection.name(), "/api/database/" + id + "/sync_schema", JSON.objectNode());
        for (int look = 0; look < wait.looks(); look++) {
            fields = Fields.read(client, id, needed);
            if (fields.missing(needed).isEmpty() || !wait.pause()) {
                break;
            }
        }
        List<String> missing = fields.missing(needed);
        if (!missing.isEmpty()) {
            throw new MeterlakeException(
                    NOT_SYNCED,
                    "Cannot make the filters: Metabase has not found the columns %s through the connection %s"
                            .formatted(String.join(", ", missing), connection.name()),
                    "See that `meterlake build` published them and that Metabase reaches Trino at %s:%d; its first sync"
                                    .formatted(connection.host(), connection.port())
                            + " may take minutes, so run this again later.");
        }
        return fields;
    }

    private Map<String, Integer> idsOf(Kind kind) {
        return ids.computeIfAbsent(kind, none -> new HashMap<>());
    }
}
