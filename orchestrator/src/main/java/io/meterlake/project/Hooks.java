package io.meterlake.project;

import java.util.List;

/**
 * Statements around a run, as the project writes them: {@code on-run-start} and {@code on-run-end}.
 *
 * @param start before its first node
 * @param end after its last, whether all went well or not
 */
public record Hooks(List<SqlResource.Analysis> start, List<SqlResource.Analysis> end) {
    public Hooks {
        start = List.copyOf(start);
        end = List.copyOf(end);
    }
}
