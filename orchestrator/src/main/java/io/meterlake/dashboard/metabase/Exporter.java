package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Collection;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Numbers;
import io.meterlake.dashboard.metabase.DashboardPlan.Cause;
import io.meterlake.error.MeterlakeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Brings what people did in Metabase into the files, once. Whether the files say it is not believed but tried: they are
 * loaded again and compared with the server.
 */
final class Exporter {
    private final ServerState server;
    private final ExportFolder folder;
    private final Fields fields;
    private final String connectionName;
    private final Map<Integer, String> collections = new HashMap<>();
    private final Map<Integer, String> cards = new HashMap<>();
    private final Map<ObjectKey, ObjectState> wanted = new HashMap<>();
    private final List<Stamp> stamps = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /** An object whose line shall say that it is as the files say. */
    private record Stamp(ObjectKey key, int id, ObjectState state) {}

    Exporter(ServerState server, ExportFolder folder, Dashboards files, Fields fields, String connectionName) {
        this.server = server;
        this.folder = folder;
        this.fields = fields;
        this.connectionName = connectionName;
        know(files);
        server.objects().forEach((key, found) -> {
            switch (key.kind()) {
                case COLLECTION -> collections.put(found.id(), key.slug());
                case CARD -> cards.put(found.id(), key.slug());
                case DASHBOARD -> {}
            }
        });
    }

    /** Tries everything, in the order in which one needs the other; changes nothing but the folder's copy. */
    DashboardExport look() {
        for (Kind kind : Kind.values()) {
            server.objects().values().stream()
                    .filter(found -> found.key().kind() == kind)
                    .sorted(Comparator.comparing(found -> found.key().slug()))
                    .forEach(this::ours);
            server.handMade().stream().filter(one -> one.kind() == kind).forEach(this::theirs);
        }
        return new DashboardExport(server.release(), folder.changed(), taken, left, server.notes());
    }

    /** Writes the files first, so that nothing is kept by a file that is not there if this ends half-way. */
    void finish(MetabaseClient client) {
        folder.writeChanged();
        for (Stamp stamp : stamps) {
            Marker marker =
                    new Marker(connectionName, stamp.key(), stamp.state().fingerprint());
            client.put(
                    "mark " + stamp.key(),
                    "/api/" + stamp.key().kind().word() + "/" + stamp.id(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put(
                                    "description",
                                    marker.append(stamp.state().properties().getOrDefault("description", ""))));
        }
    }

    private void ours(FoundObject read) {
        ObjectKey key = read.key();
        ObjectState state = state(key, read.raw());
        FoundObject found = new FoundObject(read.id(), state, read.appliedFingerprint(), read.archived(), read.raw());
        ObjectState file = wanted.get(key);
        if (found.archived()) {
            if (file != null) {
                left.add(key + " is in Metabase's trash; delete its file, or apply it again");
            }
        } else if (found.appliedFingerprint().equals(Marker.UNFINISHED)) {
            left.add(key + ": an apply that made it did not end; run `dashboard apply` first");
        } else if (file == null && !folder.isNew()) {
            left.add(key + ": its file is gone here; take it back, or apply to archive it");
        } else if (file != null && differences(file, state).isEmpty()) {
            if (!found.appliedFingerprint().equals(file.fingerprint())) {
                stamps.add(new Stamp(key, found.id(), file));
            }
        } else if (file != null && Planner.cause(found, file) != Cause.EDITED_BY_HAND) {
            left.add("%s: %s; its file is not touched"
                    .formatted(key, Planner.cause(found, file).text()));
        } else {
            take(key, found.id(), state, found.raw());
        }
    }

    private void theirs(HandMade one) {
        if (one.kind() == Kind.COLLECTION) {
            left.add(one + " is within one of ours; the files have no collections within others");
            return;
        }
        String name = slug(one.raw().path("name").asText());
        ObjectKey key = new ObjectKey(one.kind(), name);
        for (int next = 2; isTaken(key) && !isThis(key, one.raw()); next++) {
            key = new ObjectKey(one.kind(), name + "_" + next);
        }
        if (take(key, one.id(), state(key, one.raw()), one.raw())) {
            taken.add(one + " is " + key.kind().file(key.slug()));
            if (one.kind() == Kind.CARD) {
                cards.put(one.id(), key.slug());
            }
        }
    }

    private boolean isTaken(ObjectKey key) {
        return wanted.containsKey(key) || server.objects().containsKey(key);
    }

    /** An export that ended half-way has written its file already. */
    private boolean isThis(ObjectKey key, JsonNode raw) {
        ObjectState file = wanted.get(key);
        return file != null
                && !server.objects().containsKey(key)
                && differences(file, state(key, raw)).isEmpty();
    }

    private boolean take(ObjectKey key, int id, ObjectState state, JsonNode raw) {
        List<String> reasons = new ArrayList<>();
        Optional<NativeQuery> query = NativeQuery.read(raw.path("dataset_query"));
        Map<String, String> texts = Map.of();
        switch (key.kind()) {
            case COLLECTION -> texts = FileTexts.collections(collectionsWith(state));
            case CARD -> {
                if (query.isPresent()) {
                    reasons.addAll(Unsayable.inCard(query.get()));
                    texts = FileTexts.card(
                            state,
                            raw,
                            query.get(),
                            fields,
                            shows(key, query.get().sql()));
                } else {
                    reasons.add("it has no SQL");
                }
            }
            case DASHBOARD -> {
                reasons.addAll(Unsayable.inDashboard(raw));
                texts = FileTexts.dashboard(state, raw, cards);
            }
        }
        Map<String, String> before = folder.present(texts.keySet());
        if (reasons.isEmpty()) {
            try {
                Dashboards loaded = folder.attempt(texts);
                ObjectState file = WantedStates.of(loaded).stream()
                        .filter(one -> one.key().equals(key))
                        .findFirst()
                        .orElseThrow();
                for (Difference one : differences(file, state)) {
                    reasons.add("%s: %s, in a file it would be %s"
                            .formatted(
                                    one.property(),
                                    one.onServer().isEmpty() ? "none" : one.onServer(),
                                    one.inFiles().isEmpty() ? "none" : one.inFiles()));
                }
                if (reasons.isEmpty()) {
                    know(loaded);
                    stamps.add(new Stamp(key, id, file));
                    return true;
                }
                folder.undo(texts, before);
            } catch (MeterlakeException e) {
                reasons.add(String.valueOf(e.getMessage()).replaceFirst("^Cannot load the dashboards in \\S+\\s*", ""));
            }
        }
        left.add("%s \"%s\" (id %d) cannot be said in files: %s"
                .formatted(key.kind().word(), state.name(), id, String.join("; ", reasons)));
        return false;
    }

    private void know(Dashboards files) {
        wanted.clear();
        WantedStates.of(files).forEach(state -> wanted.put(state.key(), state));
    }

    private List<Collection> collectionsWith(ObjectState changed) {
        List<Collection> all = new ArrayList<>(folder.load().collections());
        Collection one = new Collection(
                changed.key().slug(), changed.name(), changed.properties().getOrDefault("description", ""));
        int at = all.stream().map(Collection::slug).toList().indexOf(one.slug());
        if (at < 0) {
            all.add(one);
        } else {
            all.set(at, one);
        }
        return all;
    }

    /** As its file says; of one without a file by what it reads. */
    private Numbers shows(ObjectKey key, String sql) {
        return folder.load()
                .card(key.slug())
                .map(Card::numbers)
                .orElse(sql.contains("hudi.") ? Numbers.LIVE : Numbers.PROVISIONAL);
    }

    private ObjectState state(ObjectKey key, JsonNode raw) {
        FoundStates states =
                new FoundStates(server.connection().map(ServerState.Connection::id), fields, collections, cards);
        return switch (key.kind()) {
            case COLLECTION -> FoundStates.collection(key, raw);
            case CARD -> states.card(key, raw);
            case DASHBOARD -> states.dashboard(key, raw);
        };
    }

    /** But for the sentence on a card's numbers, which the mark brings along. */
    private static List<Difference> differences(ObjectState file, ObjectState server) {
        return file.differencesTo(server).stream()
                .filter(one -> !one.property().equals("description")
                        || file.key().kind() != Kind.CARD
                        || !ShownNumbers.split(one.inFiles())
                                .text()
                                .equals(ShownNumbers.split(one.onServer()).text()))
                .toList();
    }

    private static String slug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return slug.isEmpty() ? "unnamed" : slug;
    }
}
