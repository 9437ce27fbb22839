package io.meterlake.writer;

import io.meterlake.writer.commit.RebucketCommit;

/** Is told how a {@link Rebucket} goes on, on the thread that runs it. What it throws ends it. */
public interface RebucketListener extends RebucketCommit.Listener {
    /** Keeps quiet. */
    RebucketListener NONE = new RebucketListener() {};

    @Override
    default void announced() {}

    @Override
    default void written(int days, int of) {}

    @Override
    default void committed() {}

    @Override
    default void settled() {}
}
