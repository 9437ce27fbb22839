package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Collection;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Numbers;
import io.meterlake.error.MeterlakeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries whether the files can say what the server has. That is not believed: the files are written into a copy of the folder,
 * loaded again and compared. Not thread-safe.
 */
final class FileTrial {
    private final ServerState server;
    private final ExportFolder folder;
    private final Fields fields;
    private final Map<Integer, String> collections = new HashMap<>();
    private final Map<Integer, String> cards = new HashMap<>();
    private final Map<ObjectKey, ObjectState> wanted = new HashMap<>();

    FileTrial(ServerState server, ExportFolder folder, Dashboards files, Fields fields) {
        this.server = server;
        this.folder = folder;
        this.fields = fields;
        know(files);
        server.objects().forEach((key, found) -> {
            switch (key.kind()) {
                case COLLECTION -> collections.put(found.id(), key.slug());
                case CARD -> cards.put(found.id(), key.slug());
                case DASHBOARD -> {}
            }
        });
    }

    /** What the files say of an object by now. */
    Optional<ObjectState> inFiles(ObjectKey key) {
        return Optional.ofNullable(wanted.get(key));
    }

    /** What the server says of it. */
    ObjectState onServer(ObjectKey key, JsonNode raw) {
        FoundStates states =
                new FoundStates(server.connection().map(ServerState.Connection::id), fields, collections, cards);
        return switch (key.kind()) {
            case COLLECTION -> FoundStates.collection(key, raw);
            case CARD -> states.card(key, raw);
            case DASHBOARD -> states.dashboard(key, raw);
        };
    }

    /** What makes the two another thing, but for the sentence on a card's numbers, which the mark brings along. */
    static List<Difference> differences(ObjectState file, ObjectState server) {
        return file.differencesTo(server).stream()
                .filter(one -> !one.property().equals("description")
                        || file.key().kind() != Kind.CARD
                        || !ShownNumbers.split(one.inFiles())
                                .text()
                                .equals(ShownNumbers.split(one.onServer()).text()))
                .toList();
    }

    /** Has dashboards find a card of ours that was made by hand. */
    void name(int card, String slug) {
        cards.put(card, slug);
    }

    /**
     * Takes an object into the copy.
     *
     * @return why the files cannot say it; then the copy is as before
     */
    List<String> attempt(ObjectKey key, ObjectState state, JsonNode raw) {
        List<String> reasons = new ArrayList<>();
        Map<String, String> texts = texts(key, state, raw, reasons);
        if (!reasons.isEmpty()) {
            return reasons;
        }
        Map<String, String> before = folder.present(texts.keySet());
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
            } else {
                folder.undo(texts, before);
            }
        } catch (MeterlakeException e) {
            reasons.add(String.valueOf(e.getMessage()).replaceFirst("^Cannot load the dashboards in \\S+\\s*", ""));
        }
        return reasons;
    }

    private Map<String, String> texts(ObjectKey key, ObjectState state, JsonNode raw, List<String> reasons) {
        return switch (key.kind()) {
            case COLLECTION -> FileTexts.collections(collectionsWith(state));
            case CARD -> {
                Optional<NativeQuery> query = NativeQuery.read(raw.path("dataset_query"));
                if (query.isEmpty()) {
                    reasons.add("it has no SQL");
                    yield Map.of();
                }
                reasons.addAll(Unsayable.inCard(query.get()));
                yield FileTexts.card(
                        state, raw, query.get(), fields, shows(key, query.get().sql()));
            }
            case DASHBOARD -> {
                reasons.addAll(Unsayable.inDashboard(raw));
                yield FileTexts.dashboard(state, raw, cards);
            }
        };
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
}
