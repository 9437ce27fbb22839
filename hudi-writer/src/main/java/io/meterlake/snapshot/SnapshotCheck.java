package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

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

    /** The same, and what was found of files that were looked at beside those that were pinned. */
    public SnapshotCheck and(Collection<Long> sizes, List<? extends SnapshotProblem> more) {
        return new SnapshotCheck(
                snapshotId,
                files + sizes.size() + more.size(),
                bytes + sizes.stream().mapToLong(Long::longValue).sum(),
                checksums,
                Stream.concat(problems.stream(), more.stream()).toList());
    }
}
