package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the verification of a snapshot found.
 *
 * @param files how many files were looked at
 * @param bytes the size that they should have
 * @param checksums for how many of them the content was compared
 * @param problems in the order of tables, partitions and names; empty if all is as it was
 */
public record SnapshotCheck(String snapshotId, long files, long bytes, long checksums, List<SnapshotProblem> problems) {
    public SnapshotCheck {
        requireNonNull(snapshotId, "snapshotId is null");
        problems = List.copyOf(problems);
    }

    public boolean intact() {
        return problems.isEmpty();
    }
}
