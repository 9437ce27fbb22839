package io.meterlake.devstack;

/** How long the servers live. */
public enum Lifetime {
    /** Until {@link DevStack#close}, or until the process that started them is gone, however it went. */
    DIES_WITH_STARTER,
    /** Until {@link DevStack#down}. */
    DETACHED
}
