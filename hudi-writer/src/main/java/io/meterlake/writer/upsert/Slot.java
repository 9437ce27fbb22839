package io.meterlake.writer.upsert;

import java.time.LocalDate;

/**
 * The readings of a file that belong into one base file.
 *
 * @param day the market's local day
 * @param bucket the bucket within the day
 * @param from index of the first one in the sorted order
 * @param to index after the last one
 */
public record Slot(LocalDate day, int bucket, int from, int to) {
    public int size() {
        return to - from;
    }
}
