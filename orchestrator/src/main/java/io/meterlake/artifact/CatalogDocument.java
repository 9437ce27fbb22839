package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Relation;
import io.meterlake.run.PublishedViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * catalog.json, version 1: the columns that the project's tables and views have in Trino, with their types.
 *
 * @param json the document
 * @param found how many nodes and sources are in it
 * @param missing the unique ids of those that Trino has no table or view for, sorted
 */
public record CatalogDocument(String json, int found, List<String> missing) {
    public CatalogDocument {
        missing = List.copyOf(missing);
    }

    /** A table or view as {@code information_schema} knows it. */
    private record Table(String type, Map<String, Object> columns) {}

    /**
     * Asks Trino, with one query for each of its catalogs.
     *
     * @param project compiled with the published names
     * @param asked which of its nodes are meant
     * @param generated when the document is made
     * @throws EngineException if a catalog cannot be asked
     */
    public static CatalogDocument of(
            CompiledProject project, List<CompiledNode> asked, Invocation invocation, Trino trino, Instant generated) {
        Map<String, Relation> wanted = new TreeMap<>();
        for (CompiledNode node : asked) {
            node.builtAs().ifPresent(relation -> wanted.put(node.uniqueId(), PublishedViews.stored(relation)));
        }
        SortedMap<String, List<Relation>> byCatalog = wanted.values().stream()
                .collect(Collectors.groupingBy(Relation::catalog, TreeMap::new, Collectors.toList()));
        Map<Relation, Table> tables = new LinkedHashMap<>();
        byCatalog.forEach((catalog, relations) -> tables.putAll(tables(trino, catalog, relations)));

        Map<String, Object> nodes = new TreeMap<>();
        Map<String, Object> sources = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        wanted.forEach((id, relation) -> {
            Table table = tables.get(relation);
            if (table == null) {
                missing.add(id);
            } else {
                boolean isSource = project.node(id).orElse(null) instanceof CompiledNode.Source;
                (isSource ? sources : nodes).put(id, document(id, relation, table));
            }
        });
        Map<String, @Nullable Object> catalog = new LinkedHashMap<>();
        catalog.put("metadata", invocation.metadata("catalog/v1", project.options(), generated));
        catalog.put("nodes", nodes);
        catalog.put("sources", sources);
        catalog.put("errors", null);
        return new CatalogDocument(JsonDocuments.compact(catalog), nodes.size() + sources.size(), missing);
    }

    private static Map<Relation, Table> tables(Trino trino, String catalog, List<Relation> relations) {
        String schema = TrinoDialect.quoted(catalog) + ".information_schema";
        Map<Relation, Table> tables = new LinkedHashMap<>();
        String sql = """
                select tables.table_schema, tables.table_name, tables.table_type,
                    columns.column_name, columns.ordinal_position, columns.data_type, columns.comment
                from %1$s.tables
                join %1$s.columns
                    on tables.table_schema = columns.table_schema and tables.table_name = columns.table_name
                where tables.table_schema in (%2$s) and tables.table_name in (%3$s)
                    and columns.table_schema in (%2$s) and columns.table_name in (%3$s)
                order by 1, 2, 5
                """.formatted(schema, names(relations, Relation::schema), names(relations, Relation::identifier));
        for (List<@Nullable Object> row : trino.rows(sql).rows()) {
            Relation relation = new Relation(catalog, String.valueOf(row.get(0)), String.valueOf(row.get(1)));
            Table table = tables.computeIfAbsent(
                    relation, absent -> new Table(String.valueOf(row.get(2)), new LinkedHashMap<>()));
            Map<String, @Nullable Object> column = new LinkedHashMap<>();
            String name = String.valueOf(row.get(3));
            column.put("type", String.valueOf(row.get(5)));
            column.put("index", row.get(4));
            column.put("name", name);
            column.put("comment", row.get(6));
            table.columns().put(name, column);
        }
        return tables;
    }

    private static String names(List<Relation> relations, Function<Relation, String> part) {
        SortedSet<String> names = new TreeSet<>();
        relations.forEach(relation -> names.add(TrinoDialect.literal(part.apply(relation))));
        return String.join(", ", names);
    }

    private static Map<String, Object> document(String id, Relation relation, Table table) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("type", table.type());
        metadata.put("schema", relation.schema());
        metadata.put("name", relation.identifier());
        metadata.put("database", relation.catalog());
        metadata.put("comment", null);
        metadata.put("owner", null);
        Map<String, Object> hasStatistics = new LinkedHashMap<>();
        hasStatistics.put("id", "has_stats");
        hasStatistics.put("label", "Has Stats?");
        hasStatistics.put("value", false);
        hasStatistics.put("include", false);
        hasStatistics.put("description", "Indicates whether there are statistics for this table");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("metadata", metadata);
        document.put("columns", table.columns());
        document.put("stats", Map.of("has_stats", hasStatistics));
        document.put("unique_id", id);
        return document;
    }
}
