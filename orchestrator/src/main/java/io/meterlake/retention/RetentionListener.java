package io.meterlake.retention;

/** Is told what retention does, on the thread that does it. What it throws ends the work. */
public interface RetentionListener {
    /** Keeps quiet. */
    RetentionListener NONE = new RetentionListener() {};

    /** One action is done. */
    default void done(RetentionPlan.Action action) {}
}
