package io.meterlake.report;

import java.util.List;

/**
 * What changed from one report to another of the same name.
 *
 * @param before the id of the report whose snapshot is the older one
 * @param after the id of the other
 * @param period the days that were compared: those of the report before
 * @param causes what may have led to energy that no reading explains: seeds, models and the like that are not the same
 * @param notes what else is worth knowing
 */
public record ReportDiff(
        String before, String after, String period, EnergyDiff energy, List<String> causes, List<String> notes) {
    public ReportDiff {
        causes = List.copyOf(causes);
        notes = List.copyOf(notes);
    }
}
