package io.meterlake.report;

import io.meterlake.error.ExitCode;
import io.meterlake.lineage.LineageProblem;
import java.util.List;

/**
 * What the verification of the lineage found.
 *
 * @param rows how many the table has
 * @param reports how many reports were looked at
 * @param unfinished reports whose rows the next report command is going to write
 */
public record LineageCheck(int rows, int reports, List<String> unfinished, List<LineageProblem> problems) {
    public LineageCheck {
        unfinished = List.copyOf(unfinished);
        problems = List.copyOf(problems);
    }

    public ExitCode exitCode() {
        return problems.isEmpty() ? ExitCode.OK : ExitCode.DATA;
    }
}
