package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.FOREIGN_CONNECTION;
import static io.meterlake.dashboard.metabase.MetabaseErrorCode.INVALID_CREDENTIALS;

import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.error.MeterlakeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Reads a server; changes nothing on it but that it logs in. */
final class ServerReader {
    /** In the description of a connection that Meterlake made. */
    static final String CONNECTION_MARKER = "Kept by Meterlake's `dashboard apply`.";

    private final MetabaseClient client;
    private final String connectionName;
    private final Map<ObjectKey, FoundObject> objects = new LinkedHashMap<>();
    private final Map<ObjectKey, String> sameNames = new HashMap<>();
    private final List<HandMade> unmarked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ServerReader(MetabaseClient client, String connectionName) {
        this.client = client;
        this.connectionName = connectionName;
    }

    /**
     * Logs in and reads.
     *
     * @throws MeterlakeException with a code of {@link MetabaseErrorCode}
     */
    static ServerState read(
            MetabaseClient client, Credentials credentials, String connectionName, Dashboards dashboards) {
        JsonNode properties = client.properties();
        Release release = Release.read(properties);
        JsonNode token = properties.path("setup-token");
        if (token.isTextual() && !properties.path("has-user-setup").asBoolean()) {
            if (!(credentials.login() instanceof Credentials.Login.Password)) {
                throw new MeterlakeException(
                        INVALID_CREDENTIALS,
                        "Cannot set up Metabase at " + client.url() + ": it has no user yet, and no API key either",
                        "Give %s, an e-mail address, and %s: they become its first administrator."
                                .formatted(Credentials.USER, Credentials.PASSWORD));
            }
            return new ServerState(
                    release.tag(),
                    Optional.of(token.asText()),
                    Optional.empty(),
                    Fields.NONE,
                    Map.of(),
                    List.of(),
                    Map.of(),
                    ServerAccess.NONE,
                    List.of());
        }
        client.logIn(credentials.login());
        return new ServerReader(client, connectionName).read(release, dashboards);
    }

    private ServerState read(Release release, Dashboards dashboards) {
        Map<ObjectKey, String> names = new HashMap<>();
        WantedStates.of(dashboards).forEach(state -> names.put(state.key(), state.name()));
        Optional<ServerState.Connection> connection = connection();
        List<String> needed = Fields.needed(dashboards);
        Fields fields =
                connection.map(one -> Fields.read(client, one.id(), needed)).orElse(Fields.NONE);
        Map<Integer, String> collections = objects(
                Kind.COLLECTION, "/api/collection", "/api/collection?archived=true", names, FoundStates::collection);
        FoundStates withoutCards =
                new FoundStates(connection.map(ServerState.Connection::id), fields, collections, Map.of());
        Map<Integer, String> cards = objects(Kind.CARD, "/api/card", "/api/card?f=archived", names, withoutCards::card);
        FoundStates states = new FoundStates(withoutCards.connection(), fields, collections, cards);
        objects(Kind.DASHBOARD, "/api/dashboard", "/api/dashboard?f=archived", names, states::dashboard);
        return new ServerState(
                release.tag(),
                Optional.empty(),
                connection,
                fields,
                objects,
                handMade(collections),
                sameNames,
                ServerAccess.read(client, dashboards.server()),
                notes);
    }

    private Optional<ServerState.Connection> connection() {
        JsonNode answer = client.get("/api/database");
        for (JsonNode one : answer.isArray() ? answer : answer.path("data")) {
            if (!one.path("name").asText().equals(connectionName)) {
                continue;
            }
            JsonNode whole = client.get("/api/database/" + one.path("id").asInt());
            if (!whole.path("engine").asText().equals(TrinoConnection.ENGINE)) {
                throw new MeterlakeException(
                        FOREIGN_CONNECTION,
                        "Cannot use the connection %s of Metabase: its driver is %s, not %s"
                                .formatted(
                                        connectionName, whole.path("engine").asText("unknown"), TrinoConnection.ENGINE),
                        "Set metabase.connection to another name.");
            }
            return Optional.of(new ServerState.Connection(
                    whole.path("id").asInt(),
                    TrinoConnection.read(whole),
                    whole.path("description").asText("").contains(CONNECTION_MARKER)));
        }
        return Optional.empty();
    }

    /** Finds ours of a kind; returns their slugs by id. */
    private Map<Integer, String> objects(
            Kind kind,
            String current,
            String archived,
            Map<ObjectKey, String> names,
            BiFunction<ObjectKey, JsonNode, ObjectState> state) {
        // By id, so that of two with the same line, one of which somebody duplicated, the first is ours.
        TreeMap<Integer, JsonNode> all = new TreeMap<>();
        for (String path : List.of(archived, current)) {
            for (JsonNode one : client.get(path)) {
                // "root" and "trash" are no objects.
                if (one.path("id").isInt()) {
                    all.put(one.path("id").asInt(), one);
                }
            }
        }
        Map<Integer, String> slugs = new HashMap<>();
        all.forEach((id, listed) -> {
            Optional<Marker> marker =
                    Marker.find(connectionName, kind, listed.path("description").asText(""));
            if (marker.isEmpty()) {
                noteSameName(kind, id, listed, names);
                unmarked.add(new HandMade(kind, id, listed));
            } else if (objects.containsKey(marker.get().key())) {
                notes.add("%s %d \"%s\" is a copy of our %s with its line in the description; it stays as it is"
                        .formatted(
                                kind.word(),
                                id,
                                listed.path("name").asText(),
                                marker.get().key()));
            } else {
                JsonNode whole = kind == Kind.DASHBOARD ? client.get("/api/dashboard/" + id) : listed;
                ObjectKey key = marker.get().key();
                objects.put(
                        key,
                        new FoundObject(
                                id,
                                state.apply(key, whole),
                                marker.get().fingerprint(),
                                whole.path("archived").asBoolean(),
                                whole));
                slugs.put(id, key.slug());
            }
        });
        return slugs;
    }

    /** Those within our collections; not what another lake keeps there, and not what is in the trash. */
    private List<HandMade> handMade(Map<Integer, String> collections) {
        return unmarked.stream()
                .filter(one -> !one.raw().path("archived").asBoolean()
                        && !Marker.isIn(one.raw().path("description").asText(""))
                        && (one.kind() == Kind.COLLECTION
                                ? collections.keySet().stream()
                                        .anyMatch(id -> one.raw()
                                                .path("location")
                                                .asText()
                                                .contains("/" + id + "/"))
                                : collections.containsKey(
                                        one.raw().path("collection_id").asInt())))
                .map(one -> one.kind() == Kind.DASHBOARD
                        ? new HandMade(one.kind(), one.id(), client.get("/api/dashboard/" + one.id()))
                        : one)
                .toList();
    }

    private void noteSameName(Kind kind, int id, JsonNode listed, Map<ObjectKey, String> names) {
        if (!listed.path("archived").asBoolean()) {
            String name = listed.path("name").asText();
            names.forEach((key, ours) -> {
                if (key.kind() == kind && ours.equals(name)) {
                    sameNames.put(
                            key,
                            "%s %d has the name \"%s\" too and was not made by Meterlake, or lost its line; it stays as it is"
                                    .formatted(kind.word(), id, name));
                }
            });
        }
    }
}
