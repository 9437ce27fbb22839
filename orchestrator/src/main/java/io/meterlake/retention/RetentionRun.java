package io.meterlake.retention;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.run.RunRecord.Status;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.SnapshotErrorCode;
import io.meterlake.snapshot.Snapshots;
import java.util.function.Consumer;

/**
 * Does what a {@link RetentionPlan} says, and nothing else. It may be cut off anywhere and be done again: a snapshot whose
 * removal was begun is finished by whoever looks at snapshots next. For the holder of the locks of runs and reports under
 * which the plan was made, so that nothing can come to need what goes.
 */
public final class RetentionRun {
    private final Snapshots snapshots;
    private final RunRecords runs;
    private final Consumer<Relation> dropTable;

    /**
     * Works on these.
     *
     * @param dropTable drops a table in Trino if it is there
     */
    public RetentionRun(Snapshots snapshots, RunRecords runs, Consumer<Relation> dropTable) {
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.dropTable = requireNonNull(dropTable, "dropTable is null");
    }

    /** Executes the plan; throws what dropping a snapshot or a table throws, with what was done before it done. */
    public void apply(RetentionPlan plan, RetentionListener listener) {
        for (RetentionPlan.Action action : plan.actions()) {
            switch (action) {
                case RetentionPlan.Action.DropSnapshot(String id) -> drop(id);
                case RetentionPlan.Action.DropSeed(Relation table) -> dropTable.accept(table);
                case RetentionPlan.Action.DropUnfinishedSeed(Relation table) -> dropTable.accept(table);
            }
            listener.done(action);
        }
    }

    private void drop(String id) {
        try {
            snapshots.drop(id);
        } catch (MeterlakeException e) {
            if (e.code() != SnapshotErrorCode.UNKNOWN_SNAPSHOT) {
                throw e;
            }
            // Somebody dropped it since the plan was made.
        }
        runs.all().stream()
                .filter(run -> run.snapshotId().equals(id) && run.status() != Status.DROPPED)
                .forEach(runs::noteDropped);
    }
}
