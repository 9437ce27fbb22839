package io.meterlake.columns;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.Column;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SeedTable.SeedColumn;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The column lineage of a project: of each model and report to what it reads, and from there on. Immutable. */
public final class ProjectColumns {
    private final Map<String, QueryColumns> queries;
    private final Map<String, List<String>> columns;

    private ProjectColumns(Map<String, QueryColumns> queries, Map<String, List<String>> columns) {
        this.queries = Collections.unmodifiableMap(queries);
        this.columns = Collections.unmodifiableMap(columns);
    }

    /** Reads all models and analyses. The columns of sources are those that the property files name. */
    public static ProjectColumns of(CompiledProject project) {
        Map<List<String>, KnownTables.Known> tables = new HashMap<>();
        Map<String, QueryColumns> queries = new LinkedHashMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (CompiledNode node : project.nodes()) {
            List<String> names = switch (node) {
                case CompiledNode.Source source ->
                    source.resource().columns().stream()
                            .map(Column::name)
                            .map(ProjectColumns::lower)
                            .toList();
                case CompiledNode.SeedNode seed ->
                    SeedReader.read(seed.resource()).columns().stream()
                            .map(SeedColumn::name)
                            .map(ProjectColumns::lower)
                            .toList();
                case CompiledNode.Test _ -> List.of();
                case CompiledNode.Model model -> query(model, model.sql().sql(), tables, queries);
                case CompiledNode.Analysis analysis ->
                    query(analysis, analysis.sql().sql(), tables, queries);
            };
            if (!(node instanceof CompiledNode.Test)) {
                columns.put(node.uniqueId(), names);
            }
            node.builtAs()
                    .ifPresent(relation -> tables.put(
                            List.of(lower(relation.catalog()), lower(relation.schema()), lower(relation.identifier())),
                            new KnownTables.Known(node.uniqueId(), names)));
        }
        return new ProjectColumns(queries, columns);
    }

    private static List<String> query(
            CompiledNode node,
            String sql,
            Map<List<String>, KnownTables.Known> tables,
            Map<String, QueryColumns> queries) {
        QueryColumns read = QueryReader.read(sql, name -> Optional.ofNullable(tables.get(name)));
        queries.put(node.uniqueId(), read);
        return read.columns().stream().map(QueryColumns.Output::name).toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Models and analyses by unique id, dependencies first, each with what it takes from what it reads. */
    public Map<String, QueryColumns> queries() {
        return queries;
    }

    /** The columns of every source, seed, model and analysis by unique id. */
    public Map<String, List<String>> columns() {
        return columns;
    }

    /** What a column takes its values from, one step up; none for a source's or seed's. */
    public Origins origins(ColumnName column) {
        QueryColumns query = queries.get(column.node());
        return query == null
                ? Origins.NONE
                : query.columns().stream()
                        .filter(output -> output.name().equals(column.column()))
                        .map(QueryColumns.Output::origins)
                        .reduce(Origins.NONE, Origins::and);
    }

    /** All the way up: the columns of sources and seeds that it comes from. */
    public Origins sources(ColumnName column) {
        if (!queries.containsKey(column.node())) {
            return Origins.of(column);
        }
        Origins all = Origins.NONE;
        for (var origin : origins(column).columns().entrySet()) {
            Origins further = sources(origin.getKey());
            for (Influence way : origin.getValue()) {
                all = all.and(further.as(way));
            }
        }
        return all;
    }

    /** The columns of models and reports that are made from it, all the way down. */
    public SortedSet<ColumnName> dependents(ColumnName column) {
        SortedSet<ColumnName> found = new TreeSet<>();
        // Dependencies come first, so one pass meets everything after what it is made from.
        queries.forEach((node, query) -> query.columns().forEach(output -> {
            boolean isMadeFrom = output.origins().columns().keySet().stream()
                    .anyMatch(origin -> origin.equals(column) || found.contains(origin));
            if (isMadeFrom) {
                found.add(new ColumnName(node, output.name()));
            }
        }));
        return found;
    }
}
