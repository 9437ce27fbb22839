package io.meterlake.columns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Column lineage as documents of maps, lists and text, for JSON; docs/artifacts.md has the form. */
public final class ColumnDocuments {
    private final ProjectColumns columns;

    public ColumnDocuments(ProjectColumns columns) {
        this.columns = columns;
    }

    /**
     * What columns of a node are made from, and what decides its rows.
     *
     * @param node its unique id
     * @param asked which of its columns
     */
    public Map<String, Object> upstream(String node, List<String> asked) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (String name : asked) {
            ColumnName column = new ColumnName(node, name);
            made.put(name, both(columns.origins(column), columns.sources(column)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("columns", made);
        document.put("rows", both(columns.rowOrigins(node), columns.rowSources(node)));
        return document;
    }

    /** What reads columns of a node. */
    public Map<String, Object> downstream(String node, List<String> asked) {
        Map<String, Object> read = new LinkedHashMap<>();
        for (String name : asked) {
            Dependents dependents = columns.dependents(new ColumnName(node, name));
            List<Object> rows = new ArrayList<>();
            dependents.rows().forEach((id, ways) -> {
                Map<String, Object> decided = new LinkedHashMap<>();
                decided.put("node", id);
                decided.put("kinds", words(ways));
                rows.add(decided);
            });
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("dependents", list(dependents.columns()));
            of.put("rows", rows);
            read.put(name, of);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("columns", read);
        return document;
    }

    private static Map<String, Object> both(Origins origins, Origins sources) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("origins", list(origins.columns()));
        document.put("sources", list(sources.columns()));
        return document;
    }

    private static List<Object> list(Map<ColumnName, Set<Influence>> columns) {
        List<Object> list = new ArrayList<>();
        columns.forEach((column, ways) -> {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("node", column.node());
            document.put("column", column.column());
            document.put("kinds", words(ways));
            list.add(document);
        });
        return list;
    }

    private static List<String> words(Set<Influence> ways) {
        return ways.stream().map(Influence::word).toList();
    }
}
