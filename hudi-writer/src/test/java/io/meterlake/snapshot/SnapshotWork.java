package io.meterlake.snapshot;

import io.meterlake.lake.Lake;
import io.meterlake.testing.LakeProcess;
import java.util.List;

/** Makes a snapshot, or drops the one whose id is the argument. */
public final class SnapshotWork implements LakeProcess.Work {
    @Override
    public void run(Lake lake, LakeProcess.Steps steps, List<String> arguments) {
        Snapshots snapshots = new Snapshots(lake, new SnapshotListener() {
            @Override
            public void reached(String snapshotId, SnapshotStep step) {
                steps.reached(step);
            }
        });
        if (arguments.isEmpty()) {
            snapshots.create(SnapshotRequest.now("killed"));
        } else {
            snapshots.drop(arguments.getFirst());
        }
    }
}
