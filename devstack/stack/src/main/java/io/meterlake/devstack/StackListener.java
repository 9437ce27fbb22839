package io.meterlake.devstack;

/** Hears what the stack is doing, for the person who waits. */
@FunctionalInterface
public interface StackListener {
    /** A step begins, such as {@code Starting Trino 483 on port 8080}. */
    void step(String description);

    /** For those who don't want to hear. */
    static StackListener silent() {
        return description -> {};
    }
}
