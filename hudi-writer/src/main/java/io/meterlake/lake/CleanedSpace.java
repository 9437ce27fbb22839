package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

/**
 * What a clean of a table freed.
 *
 * @param files how many base files were deleted
 * @param bytes their size
 */
public record CleanedSpace(String table, long files, long bytes) {
    public CleanedSpace {
        requireNonNull(table, "table is null");
    }
}
