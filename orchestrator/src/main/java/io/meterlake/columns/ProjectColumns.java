package io.meterlake.columns;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.Column;
import io.meterlake.project.ResourceType;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SeedTable.SeedColumn;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/** The column lineage of a project: of each model and report to what it reads, and from there on. Immutable. */
public final class ProjectColumns {
    private final Map<String, QueryColumns> queries;
    private final Map<String, List<String>> columns;
    private final Map<String, List<String>> dependsOn;
    private final Upstream upstream;

    private ProjectColumns(
            Map<String, QueryColumns> queries, Map<String, List<String>> columns, Map<String, List<String>> dependsOn) {
        this.queries = Collections.unmodifiableMap(queries);
        this.columns = Collections.unmodifiableMap(columns);
        this.dependsOn = Map.copyOf(dependsOn);
        this.upstream = new Upstream(queries, dependsOn);
    }

    /** Reads all models and analyses. The columns of sources are those that the property files name. */
    public static ProjectColumns of(CompiledProject project) {
        Map<List<String>, KnownTables.Known> tables = new HashMap<>();
        Map<String, QueryColumns> queries = new LinkedHashMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Map<String, List<String>> dependsOn = new HashMap<>();
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
                case CompiledNode.Test _, CompiledNode.UnitTest _, CompiledNode.Exposure _ -> List.of();
                case CompiledNode.Model model -> query(model, model.sql().sql(), tables, queries);
                case CompiledNode.Analysis analysis ->
                    query(analysis, analysis.sql().sql(), tables, queries);
            };
            if (!node.resourceType().isTest() && node.resourceType() != ResourceType.EXPOSURE) {
                columns.put(node.uniqueId(), names);
                dependsOn.put(node.uniqueId(), node.dependsOn());
            }
            node.builtAs()
                    .ifPresent(relation -> tables.put(
                            List.of(lower(relation.catalog()), lower(relation.schema()), lower(relation.identifier())),
                            new KnownTables.Known(node.uniqueId(), names)));
        }
        return new ProjectColumns(queries, columns, dependsOn);
    }

    private static List<String> query(
            CompiledNode node,
            String sql,
            Map<List<String>, KnownTables.Known> tables,
            Map<String, QueryColumns> queries) {
        QueryColumns read = QueryReader.read(sql, name -> Optional.ofNullable(tables.get(name)));
        queries.put(node.uniqueId(), read);
        return read.columns().stream()
                .map(QueryColumns.Output::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Models and analyses by unique id, dependencies first, each with what it takes from what it reads. */
    public Map<String, QueryColumns> queries() {
        return queries;
    }

    /** The unique ids of every source, seed, model and analysis, dependencies first. */
    public Set<String> nodes() {
        return columns.keySet();
    }

    /** The columns of a source, seed, model or analysis; empty where they are not known. */
    public List<String> columns(String node) {
        return columns.getOrDefault(node, List.of());
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

    /** All the way up: the columns of sources and seeds that it comes from; for theirs, the column itself. */
    public Origins sources(ColumnName column) {
        return upstream.column(column);
    }

    /** What decides which rows a node has, one step up; none for a source or seed. */
    public Origins rowOrigins(String node) {
        QueryColumns query = queries.get(node);
        return query == null ? Origins.NONE : query.rows();
    }

    /** All the way up: what decides its rows and the rows of all that it reads. */
    public Origins rowSources(String node) {
        return upstream.rows(node);
    }

    /** What reads a column, all the way down. */
    public Dependents dependents(ColumnName column) {
        return Dependents.of(column, queries, dependsOn);
    }

    /** What could not be told of a node and of all that it reads, by unique id, dependencies first. */
    public SequencedMap<String, List<String>> unresolvedAbove(String node) {
        return unresolved(upstream.nodes(node)::contains, node);
    }

    /** What could not be told of all that reads a node, all the way down: it may read more of it than is known. */
    public SequencedMap<String, List<String>> unresolvedBelow(String node) {
        return unresolved(candidate -> upstream.nodes(candidate).contains(node), node);
    }

    private SequencedMap<String, List<String>> unresolved(Predicate<String> wanted, String node) {
        SequencedMap<String, List<String>> found = new LinkedHashMap<>();
        queries.forEach((id, query) -> {
            if (!query.isComplete() && (id.equals(node) || wanted.test(id))) {
                found.put(id, query.unresolved());
            }
        });
        return found;
    }
}
