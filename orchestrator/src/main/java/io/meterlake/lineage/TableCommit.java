package io.meterlake.lineage;

import static java.util.Objects.requireNonNull;

/**
 * A completed action on a Hudi table. Both times are Hudi's instants, {@code yyyyMMddHHmmssSSS} in UTC. A slow writer
 * can complete after another one that was requested later, so one time alone does not say what a reader saw.
 *
 * @param requested when it was asked for
 * @param completed when it took effect
 * @param action Hudi's name of it, such as {@code commit}
 */
public record TableCommit(String requested, String completed, String action) {
    public TableCommit {
        requireNonNull(requested, "requested is null");
        requireNonNull(completed, "completed is null");
        requireNonNull(action, "action is null");
    }
}
