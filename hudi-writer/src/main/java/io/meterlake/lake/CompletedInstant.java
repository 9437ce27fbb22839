package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

/**
 * An action on a table that took effect. Hudi's instants are texts of 17 digits, {@code yyyyMMddHHmmssSSS} in UTC, and
 * sort as texts. A slow writer can complete after another one that was requested later: both times are needed to say
 * what a reader saw.
 *
 * @param action Hudi's name of it: {@code commit}, {@code clean}, {@code rollback}, {@code replacecommit} …
 * @param requested when it was asked for; part of the names of the files that it wrote
 * @param completed when it took effect
 */
public record CompletedInstant(String action, String requested, String completed) {
    public CompletedInstant {
        requireNonNull(action, "action is null");
        requireNonNull(requested, "requested is null");
        requireNonNull(completed, "completed is null");
    }
}
