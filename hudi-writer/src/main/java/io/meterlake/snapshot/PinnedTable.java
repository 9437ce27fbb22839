package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.CompletedInstant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table as a snapshot holds it.
 *
 * @param instants the actions that had changed what a reader sees, in the order of their completion: those of the
 *     active timeline at the time of the pin; everything that Hudi had archived before is held as well. Empty for a
 *     table that nothing had been committed to
 * @param savepoints the requested times of the commits whose Hudi savepoints keep the files
 * @param files how many base files hold the rows
 * @param bytes their size
 * @param filesSha256 SHA-256 of the list of their names and sizes, sorted by partition and name; the same for any two
 *     pins of the same content
 */
public record PinnedTable(
        String table,
        List<CompletedInstant> instants,
        List<String> savepoints,
        long files,
        long bytes,
        String filesSha256) {
    public PinnedTable {
        requireNonNull(table, "table is null");
        requireNonNull(filesSha256, "filesSha256 is null");
        instants = List.copyOf(instants);
        savepoints = List.copyOf(savepoints);
    }

    /** The commit that completed last; empty if nothing had been committed. */
    public Optional<CompletedInstant> newest() {
        return instants.stream()
                .max(Comparator.comparing(CompletedInstant::completed).thenComparing(CompletedInstant::requested));
    }
}
