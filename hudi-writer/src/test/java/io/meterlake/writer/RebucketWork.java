package io.meterlake.writer;

import io.meterlake.lake.Lake;
import io.meterlake.testing.LakeProcess;
import java.util.List;

/** Rewrites a lake to another number of buckets, which is the argument. */
public final class RebucketWork implements LakeProcess.Work {
    /** Where it can be stopped. */
    public enum Step {
        ANNOUNCED,
        WRITTEN,
        COMMITTED,
        SETTLED
    }

    @Override
    public void run(Lake lake, LakeProcess.Steps steps, List<String> arguments) {
        RebucketListener listener = new RebucketListener() {
            @Override
            public void announced() {
                steps.reached(Step.ANNOUNCED);
            }

            @Override
            public void written(int days, int of) {
                steps.reached(Step.WRITTEN);
            }

            @Override
            public void committed() {
                steps.reached(Step.COMMITTED);
            }

            @Override
            public void settled() {
                steps.reached(Step.SETTLED);
            }
        };
        new Rebucket(lake, listener).to(Integer.parseInt(arguments.getFirst()));
    }
}
