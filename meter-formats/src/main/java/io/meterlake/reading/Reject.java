package io.meterlake.reading;

import static java.util.Objects.requireNonNull;

/**
 * A part of a file that could not be taken in. Bad rows are data, not exceptions.
 *
 * @param line the line in the file, counted from 1
 * @param field the field at fault, empty if it is the whole record
 * @param reason what is wrong, with the value
 * @param hint how to mend it
 * @param rawText the record as it was sent
 */
public record Reject(long line, String field, String reason, String hint, String rawText) {
    public Reject {
        requireNonNull(field, "field is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(hint, "hint is null");
        requireNonNull(rawText, "rawText is null");
    }
}
