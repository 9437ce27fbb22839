package io.meterlake.cli;

import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Deprecations;
import io.meterlake.compile.determinism.DeterminismGate;
import io.meterlake.compile.determinism.GateReport;
import io.meterlake.project.Problems.Problem;
import java.util.List;
import java.util.stream.Stream;

/** The determinism gate as commands use it: warnings are printed, errors end the command. */
final class Gate {
    private Gate() {}

    /**
     * Checks a project.
     *
     * @throws io.meterlake.error.MeterlakeException if a report could not be rebuilt
     */
    static GateReport check(CompiledProject project, CommandContext context) {
        Console console = context.console();
        list(console, "Warnings of the project:", warnings(project, context));
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

    /** What in the project may be meant as it is, and what is deprecated now. */
    static List<Problem> warnings(CompiledProject project, CommandContext context) {
        return Stream.concat(
                        project.warnings().stream(),
                        Deprecations.of(project, context.clock().instant()).stream())
                .sorted()
                .toList();
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
