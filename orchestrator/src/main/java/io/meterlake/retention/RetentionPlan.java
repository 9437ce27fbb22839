package io.meterlake.retention;

import static java.util.Objects.requireNonNull;

import io.meterlake.project.Relation;
import io.meterlake.report.ReportStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept and what goes, and why. Nothing has been done about it.
 *
 * @param at the moment that it holds for
 * @param snapshots a decision for each, the oldest first
 * @param reports those whose snapshot is there
 * @param staleSeeds immutable seed tables that nothing names
 * @param unfinishedSeeds tables that loads of seeds left which were cut off; if a run goes on, also those that it fills
 * @param keptBytes the size of the replaced base files that kept snapshots keep alive
 * @param freedBytes the size of the replaced base files that only dropped snapshots keep alive
 * @param warnings what could not be found out
 */
public record RetentionPlan(
        Instant at,
        List<SnapshotDecision> snapshots,
        List<ReportBytes> reports,
        List<Relation> staleSeeds,
        List<Relation> unfinishedSeeds,
        long keptBytes,
        long freedBytes,
        List<String> warnings) {
    public RetentionPlan {
        requireNonNull(at, "at is null");
        snapshots = List.copyOf(snapshots);
        reports = List.copyOf(reports);
        staleSeeds = List.copyOf(staleSeeds);
        unfinishedSeeds = List.copyOf(unfinishedSeeds);
        warnings = List.copyOf(warnings);
    }

    /**
     * What becomes of a snapshot.
     *
     * @param needs why it is kept; empty: it goes
     * @param bytes the size of all files that it lists
     * @param ownBytes the size of those that no other snapshot that is kept lists and that no reader of the lake sees; for
     *     one that goes: that no other snapshot at all lists
     */
    public record SnapshotDecision(
            String snapshotId, SnapshotKind kind, Instant createdAt, List<Need> needs, long bytes, long ownBytes) {
        public SnapshotDecision {
            requireNonNull(snapshotId, "snapshotId is null");
            needs = List.copyOf(needs);
        }

        public boolean kept() {
            return !needs.isEmpty();
        }
    }

    /**
     * A report that keeps a snapshot.
     *
     * @param ownBytes the size of the replaced base files that nothing else needs; 0 if something else needs the snapshot
     */
    public record ReportBytes(String reportId, ReportStatus status, String snapshotId, long ownBytes) {}

    /** One thing to do. */
    public sealed interface Action {
        /** Drop a snapshot and what was built from it. */
        record DropSnapshot(String snapshotId) implements Action {}

        /** Drop an immutable seed table. */
        record DropSeed(Relation table) implements Action {}

        /** Drop what a load of a seed left that was cut off. */
        record DropUnfinishedSeed(Relation table) implements Action {}
    }

    /** All that is to be done, in this order: the newest snapshot first, since later builds may read earlier ones. */
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        snapshots.reversed().stream()
                .filter(snapshot -> !snapshot.kept())
                .forEach(snapshot -> actions.add(new Action.DropSnapshot(snapshot.snapshotId())));
        staleSeeds.forEach(table -> actions.add(new Action.DropSeed(table)));
        unfinishedSeeds.forEach(table -> actions.add(new Action.DropUnfinishedSeed(table)));
        return List.copyOf(actions);
    }
}
