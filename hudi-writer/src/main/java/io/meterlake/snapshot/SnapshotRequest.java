package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What to pin.
 *
 * @param purpose why, for people to read; not empty
 * @param tables names of the lake's data tables; empty: all of them
 * @param at a Hudi instant, {@code yyyyMMddHHmmssSSS} in UTC: the state of what had completed at or before it; empty:
 *     the state now
 */
public record SnapshotRequest(String purpose, List<String> tables, Optional<String> at) {
    public SnapshotRequest {
        requireNonNull(purpose, "purpose is null");
        requireNonNull(at, "at is null");
        tables = List.copyOf(tables);
    }

    /** All data tables as they are now. */
    public static SnapshotRequest now(String purpose) {
        return new SnapshotRequest(purpose, List.of(), Optional.empty());
    }
}
