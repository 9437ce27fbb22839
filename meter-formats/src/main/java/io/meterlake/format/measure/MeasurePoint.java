package io.meterlake.format.measure;

import static java.util.Objects.requireNonNull;

/**
 * A point as it was sent; what was not sent is empty.
 *
 * @param position counted from 1
 * @param isMissing whether the sender says that there is no quantity
 * @param unknown the name of a field that the schema does not have
 * @param line in the file
 */
public record MeasurePoint(
        String position, String quantity, String quality, boolean isMissing, String unknown, long line) {
    public MeasurePoint {
        requireNonNull(position, "position is null");
        requireNonNull(quantity, "quantity is null");
        requireNonNull(quality, "quality is null");
        requireNonNull(unknown, "unknown is null");
    }

    /** The point as text, in words that are common to the syntaxes. */
    String raw() {
        return "position %s, quantity %s, quality %s".formatted(position, quantity, quality)
                + (isMissing ? ", quantity missing" : "")
                + (unknown.isEmpty() ? "" : ", and " + unknown);
    }
}
