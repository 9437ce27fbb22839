package io.meterlake.reading;

import static java.util.Objects.requireNonNull;

/**
 * A quality together with the sender's own code for it.
 *
 * @param quality the common word
 * @param code the sender's code, for NEM12 with its method ({@code A}, {@code S14}, {@code F52}); empty if none
 */
public record Grade(Quality quality, String code) {
    public Grade {
        requireNonNull(quality, "quality is null");
        requireNonNull(code, "code is null");
    }
}
