package io.meterlake.snapshot;

import static io.meterlake.snapshot.SnapshotErrorCode.INVALID_SNAPSHOT_REQUEST;
import static java.util.Objects.requireNonNull;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that make a snapshot, in an order in which it may be cut off anywhere. For the holder of the snapshot lock. */
final class SnapshotCreation {
    /** Hudi's form of an instant, and ours of a snapshot's id. */
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withResolverStyle(ResolverStyle.STRICT);

    private final Lake lake;
    private final SnapshotListener listener;
    private final SnapshotRows rows;

    SnapshotCreation(Lake lake, SnapshotListener listener, SnapshotRows rows) {
        this.lake = lake;
        this.listener = listener;
        this.rows = rows;
    }

    /**
     * The data tables of these names, in the order of the names; all if there are none.
     *
     * @throws MeterlakeException {@code INVALID_SNAPSHOT_REQUEST}
     */
    static List<String> tables(List<String> names) {
        List<String> known =
                LakeTables.DATA.stream().map(TableDefinition::name).sorted().toList();
        for (String name : names) {
            if (!known.contains(name)) {
                boolean bookkeeping = LakeTables.BOOKKEEPING.stream()
                        .anyMatch(table -> table.name().equals(name));
                throw new MeterlakeException(
                        INVALID_SNAPSHOT_REQUEST,
                        "Cannot pin the table " + name + ": "
                                + (bookkeeping
                                        ? "it is about snapshots and reports, and is never pinned itself"
                                        : "the lake has none of that name" + DidYouMean.question(name, known)),
                        "Name some of " + String.join(", ", known));
            }
        }
        return names.isEmpty() ? known : names.stream().distinct().sorted().toList();
    }

    static void checkInstant(String at) {
        try {
            if (at.matches("[0-9]{17}")) {
                INSTANT.parse(at);
                return;
            }
        } catch (DateTimeParseException e) {
            throw invalidInstant(at, e);
        }
        throw invalidInstant(at, null);
    }

    private static MeterlakeException invalidInstant(
            String at, @org.jspecify.annotations.Nullable DateTimeParseException cause) {
        return new MeterlakeException(
                INVALID_SNAPSHOT_REQUEST,
                "Cannot pin the state at '" + at
                        + "': it is not an instant of Hudi's, 17 digits yyyyMMddHHmmssSSS in UTC",
                "Write 20260125103000000 for 25 January 2026, 10:30 in UTC",
                cause);
    }

    Snapshot create(SnapshotRequest request) {
        List<String> names = tables(request.tables());
        request.at().ifPresent(SnapshotCreation::checkInstant);
        if (request.purpose().isBlank()) {
            throw new MeterlakeException(
                    INVALID_SNAPSHOT_REQUEST,
                    "Cannot make a snapshot: its purpose is empty",
                    "Say in a word or two what it is for");
        }
        Instant createdAt = lake.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String id = claimId(createdAt, request.purpose());
        SnapshotFolder folder = new SnapshotFolder(lake, id);
        try {
            return make(folder, new Snapshot(id, createdAt, request.purpose(), List.of()), names, request.at());
        } catch (RuntimeException e) {
            takeBack(id, e);
            throw e;
        }
    }

    /** @param plan the snapshot without its tables */
    private Snapshot make(SnapshotFolder folder, Snapshot plan, List<String> names, Optional<String> at) {
        String id = plan.id();
        listener.reached(id, SnapshotStep.ANNOUNCED);
        List<TableState> states = new ArrayList<>();
        List<PinnedTable> pinned = new ArrayList<>();
        try (CommitLock moment = PinMoment.await(lake)) {
            requireNonNull(moment);
            for (String name : names) {
                TableState state = TableState.read(lake.table(name), at);
                List<String> savepoints = new Savepoints(lake.table(name)).protect(state, id);
                states.add(state);
                pinned.add(pinned(state, savepoints));
                listener.reached(id, SnapshotStep.TABLE_PROTECTED);
            }
        }
        Snapshot snapshot = new Snapshot(id, plan.createdAt(), plan.purpose(), pinned);
        for (TableState state : states) {
            folder.writeList(state.name(), state.files());
            folder.writeManifests(state.name(), state.files());
        }
        folder.writeDescription(
                SnapshotJson.description(snapshot, name -> lake.table(name).definition()));
        listener.reached(id, SnapshotStep.FILES_LISTED);
        new SnapshotRegistration(lake).register(snapshot);
        listener.reached(id, SnapshotStep.REGISTERED);
        list(snapshot);
        listener.reached(id, SnapshotStep.LISTED);
        folder.complete();
        listener.reached(id, SnapshotStep.CREATED);
        return snapshot;
    }

    /** A commit that took effect is one, even if what Hudi does afterwards failed. */
    private void list(Snapshot snapshot) {
        try {
            rows.add(snapshot);
        } catch (MeterlakeException e) {
            if (rows.read().find(snapshot.id()).isEmpty()) {
                throw e;
            }
        }
    }

    private void takeBack(String id, RuntimeException failure) {
        try {
            if (rows.read().find(id).isEmpty()) {
                new SnapshotRemoval(lake, listener, rows).takeBack(id);
            }
        } catch (RuntimeException e) {
            // The next command tries again.
            failure.addSuppressed(e);
        }
    }

    static PinnedTable pinned(TableState state, List<String> savepoints) {
        return new PinnedTable(
                state.name(),
                state.instants(),
                savepoints,
                state.files().size(),
                state.files().stream().mapToLong(PinnedFile::sizeBytes).sum(),
                FileList.sha256(state.files()));
    }

    /**
     * The first id from this time on that neither the lake nor the metastore knows. The snapshot's folder and its
     * database are there then, and so no other lake of the metastore gets the id any more.
     */
    private String claimId(Instant from, String purpose) {
        SnapshotRegistration registration = new SnapshotRegistration(lake);
        for (Instant time = from; ; time = time.plusMillis(1)) {
            String id = INSTANT.withZone(ZoneOffset.UTC).format(time);
            SnapshotFolder folder = new SnapshotFolder(lake, id);
            Optional<String> location = lake.manifestDatabases().location(Snapshot.DATABASE_PREFIX + id);
            if (folder.exists() || location.isPresent()) {
                continue;
            }
            folder.announce();
            try {
                if (registration.claim(id, purpose)) {
                    return id;
                }
                folder.delete();
            } catch (RuntimeException e) {
                takeBack(id, e);
                throw e;
            }
        }
    }
}
