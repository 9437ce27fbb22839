package io.meterlake.run;

import java.util.List;
import java.util.Optional;

/** What is known of the run that was begun last. */
public sealed interface LastRun {
    /** It has a snapshot, and failed or was cut off: it can be gone on with. */
    record Unfinished(RunRecord record, RunJournal.Kept kept) implements LastRun {}

    /** It was cut off before anything was built: it can only be begun again. */
    record NotBegun(RunPurpose purpose) implements LastRun {}

    /** Readers see it, or will as soon as the next command has finished it. */
    record Published(RunRecord record) implements LastRun {}

    /** It failed or was cut off, and what it had built is gone. */
    record Dropped(RunRecord record, Optional<RunPurpose> purpose) implements LastRun {}

    /** There is none that would have built models. */
    record None() implements LastRun {}

    /** The record of the run that it is about, if that has one. */
    default Optional<RunRecord> begun() {
        return switch (this) {
            case Unfinished(RunRecord record, RunJournal.Kept _) -> Optional.of(record);
            case Published(RunRecord record) -> Optional.of(record);
            case Dropped(RunRecord record, Optional<RunPurpose> _) -> Optional.of(record);
            case NotBegun _, None _ -> Optional.empty();
        };
    }

    /** What the records and journals of runs say. */
    static LastRun of(RunRecords records) {
        Optional<RunPurpose> announced = RunJournal.announced(records.folder()).map(RunJournal.Kept::purpose);
        if (announced.isPresent()) {
            return new NotBegun(announced.get());
        }
        List<RunRecord> all = records.all();
        if (all.isEmpty()) {
            return new None();
        }
        RunRecord last = all.getLast();
        Optional<RunJournal.Kept> kept = RunJournal.of(records.folder(), last.snapshotId());
        return switch (last.status()) {
            case PUBLISHED, PUBLISHING -> new Published(last);
            case RUNNING, FAILED ->
                kept.isPresent() ? new Unfinished(last, kept.get()) : new Dropped(last, Optional.empty());
            case DROPPED -> new Dropped(last, kept.map(RunJournal.Kept::purpose));
        };
    }
}
