package io.meterlake.run;

import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import io.meterlake.run.RunRecord.Status;
import io.meterlake.snapshot.Snapshots;
import java.util.List;

/** Publishes runs, finishes what runs that were cut off left, and drops what failed ones left. */
final class RunFinishing {
    private final Trino trino;
    private final Snapshots snapshots;
    private final RunRecords records;
    private final SnapshotRun.FailedRuns failedRuns;

    RunFinishing(Trino trino, Snapshots snapshots, RunRecords records, SnapshotRun.FailedRuns failedRuns) {
        this.trino = trino;
        this.snapshots = snapshots;
        this.records = records;
        this.failedRuns = failedRuns;
    }

    /** Leaves nothing of earlier runs undone, but for the one with this snapshot, which is gone on with. */
    void recover(RunListener listener, String exceptSnapshotId) {
        List<Publication> seeds = records.unfinishedSeeds();
        if (!seeds.isEmpty()) {
            PublishedViews views = new PublishedViews(trino);
            // A table that is gone was dropped since, when nothing named it any more.
            seeds.stream().filter(seed -> views.exists(seed.built())).forEach(views::publish);
            records.endSeeds();
            listener.finishedSeeds(seeds);
        }
        for (RunRecord earlier : records.all()) {
            if (earlier.snapshotId().equals(exceptSnapshotId)) {
                continue;
            }
            switch (earlier.status()) {
                case PUBLISHING -> {
                    if (isListed(earlier)) {
                        publish(earlier);
                        listener.finished(earlier);
                    } else {
                        records.write(earlier.with(Status.DROPPED));
                    }
                }
                case RUNNING, FAILED -> drop(earlier);
                case PUBLISHED, DROPPED -> {
                    // Nothing is left to do.
                }
            }
        }
    }

    private void drop(RunRecord earlier) {
        failedRuns.dropUnlessNeeded(earlier.snapshotId(), () -> {
            if (isListed(earlier)) {
                snapshots.drop(earlier.snapshotId());
            }
            records.write(earlier.with(Status.DROPPED));
        });
    }

    boolean isListed(RunRecord run) {
        return snapshots.list().stream().anyMatch(one -> one.id().equals(run.snapshotId()));
    }

    /** Takes the published views to what a run built. */
    void publish(RunRecord record) {
        record.publications().stream()
                .map(publication -> "create schema if not exists "
                        + Relation.quoted(publication.view().catalog()) + "."
                        + Relation.quoted(publication.view().schema()))
                .distinct()
                .forEach(trino::execute);
        record.publications().forEach(new PublishedViews(trino)::publish);
        records.write(record.with(Status.PUBLISHED));
    }
}
