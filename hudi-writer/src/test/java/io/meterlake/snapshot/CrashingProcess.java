package io.meterlake.snapshot;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process that creates or drops a snapshot and dies at a step, as by {@code kill -9}: no finally block and no hook
 * runs. Arguments: the lake's folder, the metastore's port, the step, how often it is reached before, and the id of the
 * snapshot to drop, if any.
 */
final class CrashingProcess {
    static final int KILLED = 137;

    private CrashingProcess() {}

    public static void main(String[] arguments) {
        LakeConfig config = LakeConfig.of(Path.of(arguments[0]), "127.0.0.1", Integer.parseInt(arguments[1]));
        SnapshotStep last = SnapshotStep.valueOf(arguments[2]);
        int[] left = {Integer.parseInt(arguments[3])};
        SnapshotListener listener = new SnapshotListener() {
            @Override
            public void reached(String snapshotId, SnapshotStep step) {
                if (step == last && left[0]-- == 0) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        };
        try (Lake lake = Lake.open(config, Clock.systemUTC())) {
            Snapshots snapshots = new Snapshots(lake, listener);
            if (arguments.length > 4) {
                snapshots.drop(arguments[4]);
            } else {
                snapshots.create(SnapshotRequest.now("killed"));
            }
        }
    }
}
