package io.meterlake.cli;

import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.determinism.DeterminismGate;
import io.meterlake.compile.determinism.GateReport;
import java.util.List;

/** The determinism gate as commands use it: warnings are printed, errors end the command. */
final class Gate {
    private Gate() {}

    /**
     * Checks a project.
     *
     * @throws io.meterlake.error.MeterlakeException if a report could not be rebuilt
     */
    static GateReport check(CompiledProject project, Console console) {
        list(console, "Warnings of the project:", project.warnings());
        KnownProject known = KnownProject.of(project);
        GateReport report = known.gate().orElseGet(() -> {
            GateReport found = DeterminismGate.check(project);
            known.keep(found);
            return found;
        });
        list(console, "Warnings of the determinism gate:", report.warnings());
        report.throwIfRefused();
        return report;
    }

    /** Refuses without printing warnings: for commands that compile the same project again. */
    static CompiledProject passed(CompiledProject project) {
        DeterminismGate.check(project).throwIfRefused();
        return project;
    }

    static void list(Console console, String title, List<?> lines) {
        if (lines.isEmpty()) {
            return;
        }
        console.note(title);
        for (int i = 0; i < lines.size(); i++) {
            console.note("  %d) %s".formatted(i + 1, lines.get(i)));
        }
    }
}
