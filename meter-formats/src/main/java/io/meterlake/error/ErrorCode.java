package io.meterlake.error;

/**
 * A category of failure. Each module has an enum of its own that implements this, so that a reader of the enum sees
 * all that can go wrong in the module.
 */
public interface ErrorCode {
    /** A stable name in upper case with underscores, such as {@code STACK_DOWN}; scripts match on it. */
    String name();

    ExitCode exitCode();
}
