package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.TestConfig.Severity;
import io.meterlake.project.Column;
import io.meterlake.project.GenericTest;
import io.meterlake.project.Relation;
import io.trino.sql.tree.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the project's files say of its relations: types of columns, and keys that a test holds. */
final class ProjectFacts {
    /** Tests of several columns, and the argument that names them. */
    private static final Map<String, String> COMBINATIONS = Map.of(
            "unique_combination", "columns",
            "unique_combination_of_columns", "combination_of_columns",
            "dbt_utils.unique_combination_of_columns", "combination_of_columns");

    /** dbt's name for an ephemeral model inside of a reader. */
    private static final String PASTED_PREFIX = "__dbt__cte__";

    private final Map<String, Set<Set<String>>> keys = new HashMap<>();
    private final Map<List<String>, Facts> byName = new HashMap<>();

    ProjectFacts(CompiledProject project) {
        for (CompiledNode node : project.nodes()) {
            if (node instanceof CompiledNode.Test test
                    && test.resource() instanceof GenericTest generic
                    && test.test().severity() == Severity.ERROR
                    && !test.config().values().containsKey("where")) {
                Set<String> key = key(generic);
                if (!key.isEmpty()) {
                    keys.computeIfAbsent(generic.attachedTo(), _ -> new HashSet<>())
                            .add(key);
                }
            }
        }
        project.nodes().forEach(node -> add(node, Facts.UNKNOWN));
    }

    private static Set<String> key(GenericTest test) {
        if (test.testName().equals("unique") && test.columnName() != null) {
            return Set.of(name(test.columnName()));
        }
        Set<String> key = new HashSet<>();
        String argument = COMBINATIONS.get(test.testName());
        if (argument != null && test.arguments().get(argument) instanceof List<?> columns) {
            columns.forEach(column -> key.add(name(String.valueOf(column))));
        }
        return key;
    }

    /** Adds what the node's SQL told. */
    void add(CompiledNode node, Facts read) {
        Set<String> floating = new HashSet<>(read.floating());
        for (Column column : node.resource().columns()) {
            if (column.dataType() != null && FloatingPoint.isType(column.dataType())) {
                floating.add(name(column.name()));
            }
        }
        Set<Set<String>> known = new HashSet<>(read.keys());
        known.addAll(keys.getOrDefault(node.uniqueId(), Set.of()));
        Facts facts = new Facts(read.columns(), read.complete(), floating, known);
        node.builtAs().ifPresent(relation -> byName.put(parts(relation), facts));
        if (node instanceof CompiledNode.Model) {
            byName.put(List.of(name(PASTED_PREFIX + node.name())), facts);
        }
    }

    private static List<String> parts(Relation relation) {
        return List.of(name(relation.catalog()), name(relation.schema()), name(relation.identifier()));
    }

    Facts of(QualifiedName table) {
        List<String> parts = table.getParts().stream().map(Facts::name).toList();
        return byName.getOrDefault(parts, Facts.UNKNOWN);
    }
}
