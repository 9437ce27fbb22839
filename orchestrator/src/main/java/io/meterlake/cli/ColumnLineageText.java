package io.meterlake.cli;

import io.meterlake.columns.AskedColumns;
import io.meterlake.columns.ColumnDocuments;
import io.meterlake.columns.ColumnName;
import io.meterlake.columns.Dependents;
import io.meterlake.columns.Influence;
import io.meterlake.columns.Origins;
import io.meterlake.columns.ProjectColumns;
import io.meterlake.json.JsonDocuments;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints which columns columns are made from, or what reads them: for a person, or as one JSON document. */
final class ColumnLineageText {
    private final PrintStream out;
    private final ProjectColumns columns;
    private final AskedColumns asked;
    private final boolean downstream;

    ColumnLineageText(PrintStream out, ProjectColumns columns, AskedColumns asked, boolean downstream) {
        this.out = out;
        this.columns = columns;
        this.asked = asked;
        this.downstream = downstream;
    }

    void print(TextOrJson output) {
        switch (output) {
            case JSON -> json();
            case TEXT -> text();
        }
    }

    private Map<String, List<String>> unresolved() {
        return downstream ? columns.unresolvedBelow(asked.node()) : columns.unresolvedAbove(asked.node());
    }

    private void json() {
        ColumnDocuments documents = new ColumnDocuments(columns);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("node", asked.node());
        document.put("direction", downstream ? "downstream" : "upstream");
        document.putAll(
                downstream
                        ? documents.downstream(asked.node(), asked.columns())
                        : documents.upstream(asked.node(), asked.columns()));
        document.put("unresolved", unresolved());
        out.print(JsonDocuments.document(document));
    }

    private void text() {
        line(asked.node());
        if (asked.columns().isEmpty()) {
            line("  its columns are not known");
        }
        for (String name : asked.columns()) {
            line("  " + name);
            ColumnName column = new ColumnName(asked.node(), name);
            if (downstream) {
                dependents(columns.dependents(column));
            } else {
                origins(column);
            }
        }
        Origins rows = columns.rowSources(asked.node());
        if (!downstream && !rows.columns().isEmpty()) {
            line("which rows there are");
            rows.columns().forEach((origin, ways) -> way(ways, origin.toString()));
        }
        Map<String, List<String>> unresolved = unresolved();
        if (!unresolved.isEmpty()) {
            line("not resolved, so there may be more");
            unresolved.forEach((node, reasons) -> reasons.forEach(reason -> line("  %s: %s".formatted(node, reason))));
        }
    }

    private void origins(ColumnName column) {
        if (!columns.queries().containsKey(column.node())) {
            line("    comes from outside");
            return;
        }
        Origins sources = columns.sources(column);
        if (sources.columns().isEmpty()) {
            line("    is made from no column");
        }
        sources.columns().forEach((origin, ways) -> way(ways, origin.toString()));
    }

    private void dependents(Dependents dependents) {
        if (dependents.columns().isEmpty() && dependents.rows().isEmpty()) {
            line("    is read by nothing");
        }
        dependents.columns().forEach((reader, ways) -> way(ways, reader.toString()));
        dependents.rows().forEach((node, ways) -> way(ways, "which rows there are of " + node));
    }

    private void way(Set<Influence> ways, String what) {
        String words = ways.stream().map(Influence::word).collect(Collectors.joining(", "));
        line(String.format(Locale.ROOT, "    %-14s  %s", words.replace('_', ' '), what));
    }

    private void line(String text) {
        out.println(text);
    }
}
