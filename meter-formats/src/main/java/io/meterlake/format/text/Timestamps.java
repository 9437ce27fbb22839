package io.meterlake.format.text;

/**
 * Reads one kind of timestamp. Remembers the last result, as most files repeat a timestamp over many rows, so an
 * instance belongs to one column of one file. Not thread-safe.
 */
public interface Timestamps {
    /** Reads {@code bytes[from, to)}; false if that is no timestamp of this kind. */
    boolean read(byte[] bytes, int from, int to);

    /** Whether the text that was read last has no UTC offset. */
    boolean isLocal();

    /** What was read last: microseconds since 1970-01-01T00:00, in UTC, or in local time if {@link #isLocal}. */
    long micros();

    /** What a timestamp of this kind looks like, for messages. */
    String example();
}
