package io.meterlake.cli;

import io.meterlake.dashboard.metabase.DashboardExport;
import io.meterlake.json.JsonDocuments;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what {@code dashboard export} wrote: for a person, or as one JSON document. */
final class ExportText {
    private final Console console;

    ExportText(Console console) {
        this.console = console;
    }

    void print(DashboardExport export, boolean dryRun, TextOrJson output) {
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("release", export.release());
                document.put("dry_run", dryRun);
                document.put("written", export.written());
                document.put("taken", export.taken());
                document.put("left", export.left());
                document.put("notes", export.notes());
                console.out().print(JsonDocuments.document(document));
            }
            case TEXT -> {
                export.written().forEach(file -> console.out().println((dryRun ? "would write " : "wrote ") + file));
                export.taken()
                        .forEach(one -> console.out().println(one + (dryRun ? ", would be" : "") + " from now on"));
                export.left().forEach(one -> console.out().println("left: " + one));
                if (export.written().isEmpty() && export.left().isEmpty()) {
                    console.out().println("The files are as Metabase " + export.release());
                }
                export.notes().forEach(note -> console.note("note: " + note));
            }
        }
    }
}
