package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Brings what people did in Metabase into the files, once. Not thread-safe. */
final class Exporter {
    private final ServerState server;
    private final ExportFolder folder;
    private final FileTrial trial;
    private final String connectionName;
    private final List<Stamp> stamps = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /** An object whose line shall say that it is as the files say. */
    private record Stamp(ObjectKey key, int id, ObjectState state) {}

    Exporter(ServerState server, ExportFolder folder, Dashboards files, Fields fields, String connectionName) {
        this.server = server;
        this.folder = folder;
        this.trial = new FileTrial(server, folder, files, fields);
        this.connectionName = connectionName;
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
        ObjectState state = trial.onServer(key, read.raw());
        FoundObject found = new FoundObject(read.id(), state, read.appliedFingerprint(), read.archived(), read.raw());
        ObjectState file = trial.inFiles(key).orElse(null);
        if (found.archived()) {
            if (file != null) {
                left.add(key + " is in Metabase's trash; delete its file, or apply it again");
            }
        } else if (found.appliedFingerprint().equals(Marker.UNFINISHED)) {
            left.add(key + ": an apply that made it did not end; run `dashboard apply` first");
        } else if (file == null && !folder.isNew()) {
            left.add(key + ": its file is gone here; take it back, or apply to archive it");
        } else if (file != null && FileTrial.differences(file, state).isEmpty()) {
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
        if (take(key, one.id(), trial.onServer(key, one.raw()), one.raw())) {
            taken.add(one + " is " + key.kind().file(key.slug()));
            if (one.kind() == Kind.CARD) {
                trial.name(one.id(), key.slug());
            }
        }
    }

    private boolean isTaken(ObjectKey key) {
        return trial.inFiles(key).isPresent() || server.objects().containsKey(key);
    }

    /** An export that ended half-way has written its file already. */
    private boolean isThis(ObjectKey key, JsonNode raw) {
        return !server.objects().containsKey(key)
                && trial.inFiles(key)
                        .filter(file -> FileTrial.differences(file, trial.onServer(key, raw))
                                .isEmpty())
                        .isPresent();
    }

    private boolean take(ObjectKey key, int id, ObjectState state, JsonNode raw) {
        List<String> reasons = trial.attempt(key, state, raw);
        if (reasons.isEmpty()) {
            stamps.add(new Stamp(key, id, trial.inFiles(key).orElseThrow()));
            return true;
        }
        left.add("%s \"%s\" (id %d) cannot be said in files: %s"
                .formatted(key.kind().word(), state.name(), id, String.join("; ", reasons)));
        return false;
    }

    private static String slug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return slug.isEmpty() ? "unnamed" : slug;
    }
}
