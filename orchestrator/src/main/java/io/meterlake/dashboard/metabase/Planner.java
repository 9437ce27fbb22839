package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.FOREIGN_CONNECTION;

import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Cause;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import io.meterlake.error.MeterlakeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the files with a server. Pure. */
final class Planner {
    private Planner() {}

    /** @throws MeterlakeException {@code FOREIGN_CONNECTION} */
    static DashboardPlan plan(
            ServerState server, Dashboards dashboards, TrinoConnection connection, Credentials credentials) {
        List<Step> steps = new ArrayList<>();
        List<String> notes = new ArrayList<>(server.notes());
        server.setupToken()
                .ifPresent(token -> steps.add(
                        new Step.FirstUser(((Credentials.Login.Password) credentials.login()).user(), token)));
        connection(server, connection, steps);
        Set<ObjectKey> wantedKeys = new HashSet<>();
        for (ObjectState wanted : WantedStates.of(dashboards)) {
            wantedKeys.add(wanted.key());
            FoundObject found = server.objects().get(wanted.key());
            if (found == null) {
                steps.add(new Step.Create(wanted));
                String note = server.sameNames().get(wanted.key());
                if (note != null) {
                    notes.add(note);
                }
                continue;
            }
            List<Difference> differences = wanted.differencesTo(found.state());
            if (!differences.isEmpty()) {
                steps.add(new Step.Change(found, wanted, cause(found, wanted), differences));
            }
        }
        gone(server, wantedKeys, steps, notes);
        steps.addAll(server.access()
                .steps(
                        dashboards.server(),
                        server.connection().map(ServerState.Connection::id),
                        slug -> Optional.ofNullable(server.objects().get(new ObjectKey(Kind.COLLECTION, slug)))
                                .map(FoundObject::id)));
        return new DashboardPlan(server.release(), steps, notes);
    }

    private static void connection(ServerState server, TrinoConnection wanted, List<Step> steps) {
        if (server.connection().isEmpty()) {
            steps.add(new Step.CreateConnection(wanted));
            return;
        }
        ServerState.Connection found = server.connection().get();
        if (found.details().isEmpty()) {
            // Only administrators see where it leads.
            return;
        }
        List<Difference> differences = wanted.differencesTo(found.details().get());
        if (differences.isEmpty()) {
            return;
        }
        if (!found.ours()) {
            throw new MeterlakeException(
                    FOREIGN_CONNECTION,
                    "Cannot use the connection %s of Metabase: Meterlake did not make it, and it has %s"
                            .formatted(
                                    wanted.name(),
                                    differences.stream()
                                            .map(one -> "%s '%s' instead of '%s'"
                                                    .formatted(one.property(), one.onServer(), one.inFiles()))
                                            .collect(Collectors.joining(", "))),
                    "Set metabase.connection to another name, or metabase.trino-url and trino.user to what it has.");
        }
        steps.add(new Step.ChangeConnection(found.id(), wanted, differences));
    }

    static Cause cause(FoundObject found, ObjectState wanted) {
        if (found.appliedFingerprint().equals(Marker.UNFINISHED)) {
            return Cause.UNFINISHED;
        }
        if (!found.editedByHand()) {
            return Cause.FILE_CHANGED;
        }
        return found.appliedFingerprint().equals(wanted.fingerprint()) ? Cause.EDITED_BY_HAND : Cause.BOTH;
    }

    /** What has no file any more: dashboards first, since they show the cards. */
    private static void gone(ServerState server, Set<ObjectKey> wanted, List<Step> steps, List<String> notes) {
        server.objects().values().stream()
                .filter(found -> !wanted.contains(found.key()) && !found.archived())
                .sorted(Comparator.comparing((FoundObject found) -> found.key().kind())
                        .reversed()
                        .thenComparing(found -> found.key().slug()))
                .forEach(found -> {
                    if (found.key().kind() == Kind.COLLECTION) {
                        // The trash would take along what others keep in it.
                        notes.add(found.key() + " is in collections.yml no more; it stays, for what others keep in it");
                    } else {
                        steps.add(new Step.Archive(found));
                    }
                });
    }
}
