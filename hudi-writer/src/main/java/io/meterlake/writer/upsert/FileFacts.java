package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

/**
 * What all readings of a file have in common.
 *
 * @param utility who sent it; empty if that is not known
 * @param sourceFile the file's name
 * @param checksum SHA-256 of the file in hexadecimal
 * @param receivedAtMicros when it was received, in microseconds since 1970-01-01T00:00Z; also the update time of
 *     readings for which the file gives none
 */
public record FileFacts(String utility, String sourceFile, String checksum, long receivedAtMicros) {
    /** Of a file of which nothing is taken in. */
    static final FileFacts DROPPED = new FileFacts("", "", "", 0);

    public FileFacts {
        requireNonNull(utility, "utility is null");
        requireNonNull(sourceFile, "sourceFile is null");
        requireNonNull(checksum, "checksum is null");
    }
}
