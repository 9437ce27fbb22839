package io.meterlake.format.espi;

import io.meterlake.format.text.Problem;

/** What the links of a feed say about a block: of which channel its readings are, or why they can't be taken in. */
sealed interface Meaning {
    /** The readings are of this channel. */
    record Known(Channel channel) implements Meaning {}

    /** They are not taken in. */
    record Refused(Problem problem) implements Meaning {}

    static Meaning refused(String field, String reason, String hint) {
        return new Refused(new Problem(field, reason, hint));
    }
}
