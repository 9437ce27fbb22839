package io.meterlake.dashboard.metabase;

import java.util.List;

/**
 * What an export did, or would do.
 *
 * @param release of the server
 * @param written the files that were written, below the folder
 * @param taken what people made in Metabase that is kept as a file from now on
 * @param left what stays another thing in Metabase than in the files, each with the reason; a plan shows it
 * @param notes what may surprise
 */
public record DashboardExport(
        String release, List<String> written, List<String> taken, List<String> left, List<String> notes) {
    public DashboardExport {
        written = List.copyOf(written);
        taken = List.copyOf(taken);
        left = List.copyOf(left);
        notes = List.copyOf(notes);
    }
}
