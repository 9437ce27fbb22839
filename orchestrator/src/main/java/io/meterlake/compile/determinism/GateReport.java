package io.meterlake.compile.determinism;

import static io.meterlake.compile.CompileErrorCode.NOT_DETERMINISTIC;

import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.Problems.Problem;
import java.util.List;

/**
 * What the gate found.
 *
 * @param errors in a report's query or a model that it reads, and SQL that Trino cannot read
 * @param warnings in all others
 * @param exemptions models that say of themselves that they are deterministic
 */
public record GateReport(List<Problem> errors, List<Problem> warnings, List<Exemption> exemptions) {
    /**
     * A node with {@code config.meta.deterministic}.
     *
     * @param reason as its author wrote it
     * @param findings how many were left out for it
     */
    public record Exemption(String uniqueId, Location location, String reason, int findings) {
        @Override
        public String toString() {
            return "%s: %s, deterministic by declaration (%d found): %s"
                    .formatted(location, uniqueId, findings, reason);
        }
    }

    public GateReport {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        exemptions = List.copyOf(exemptions);
    }

    /**
     * Refuses a project with errors.
     *
     * @throws io.meterlake.error.MeterlakeException {@code NOT_DETERMINISTIC} with a numbered list
     */
    public void throwIfRefused() {
        Problems problems = new Problems();
        errors.forEach(error -> problems.add(error.location(), error.message()));
        problems.throwIfAny(
                NOT_DETERMINISTIC,
                "Cannot use the SQL project: a report could not be rebuilt byte for byte",
                "Write what each line says; docs/determinism.md explains each rule. A model that is deterministic all the"
                        + " same says why in its config: meta: {deterministic: \"<reason>\"}.");
    }
}
