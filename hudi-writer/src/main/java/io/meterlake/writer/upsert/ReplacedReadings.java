package io.meterlake.writer.upsert;

/**
 * Is told of each row of a base file that a reading takes the place of, in the order of the key. One for each base file
 * that is written; not thread-safe.
 */
public interface ReplacedReadings {
    /** Keeps nothing. */
    ReplacedReadings NONE = (present, presentRow, incoming, incomingRow) -> {};

    /** A row of the base file, and the reading that is written in its place; both are of one key. */
    void replaced(ReadingColumns present, int presentRow, ReadingColumns incoming, int incomingRow);
}
