package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterlake.reading.Reject;

/**
 * What is wrong with a record, before it is known to which line and raw text it belongs.
 *
 * @param field the field at fault, as the format calls it; empty if it is the whole record
 * @param reason what is wrong, with the value
 * @param hint how to mend it, as a sentence
 */
public record Problem(String field, String reason, String hint) {
    private static final int ABRIDGED = 40;

    public Problem {
        requireNonNull(field, "field is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(hint, "hint is null");
    }

    /** The reject that it is of a record. */
    public Reject of(long line, String rawText) {
        return new Reject(line, field, reason, hint, rawText);
    }

    /** A text for a message, cut if the file has something endless in a field. */
    public static String abridged(String text) {
        return abridged(text, ABRIDGED);
    }

    /** As {@link #abridged(String)}, for texts that are long by nature. */
    public static String abridged(String text, int length) {
        return text.getBytes(UTF_8).length <= length ? text : text.substring(0, Math.min(text.length(), length)) + "…";
    }
}
