package io.meterlake.format;

import static java.util.Objects.requireNonNull;

/**
 * What a file says about itself.
 *
 * @param sender the utility or market participant that made the file; empty if the file does not say
 */
public record FileHeader(String sender) {
    public FileHeader {
        requireNonNull(sender, "sender is null");
    }
}
