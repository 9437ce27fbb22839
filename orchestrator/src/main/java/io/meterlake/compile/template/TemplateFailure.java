package io.meterlake.compile.template;

import io.meterlake.project.Location;

/**
 * A template cannot be read or rendered.
 *
 * <p>An {@link Error}, because Jinjava catches every exception on the way, notes it down and goes on rendering; only
 * errors get through. It never leaves {@code io.meterlake.compile}.
 */
public final class TemplateFailure extends Error {
    private static final long serialVersionUID = 1L;

    private final transient Location location;

    public TemplateFailure(Location location, String message) {
        super(message, null, false, false);
        this.location = location;
    }

    /** The line of the project's file, not of the engine. */
    public Location location() {
        return location;
    }

    /** What is wrong, without the place. */
    public String reason() {
        String message = getMessage();
        return message == null ? "it failed" : message;
    }
}
