package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.project.Checksum;
import io.meterlake.project.Column;
import io.meterlake.project.Constraint;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Contracts and constraints as a manifest has them. */
final class ContractDocuments {
    private ContractDocuments() {}

    static Map<String, @Nullable Object> contract(CompiledNode node) {
        boolean enforced =
                node instanceof CompiledNode.Model model && model.contract().isEnforced();
        Map<String, @Nullable Object> contract = new LinkedHashMap<>();
        contract.put("enforced", enforced);
        contract.put("alias_types", true);
        contract.put("checksum", enforced ? checksum(node.resource().columns()) : null);
        return contract;
    }

    /** dbt's, as long as the columns have no constraints: of these it takes Python's way to print them. */
    private static String checksum(List<Column> columns) {
        StringBuilder state = new StringBuilder();
        columns.stream()
                .sorted(Comparator.comparing(Column::name))
                .forEach(column -> state.append('|')
                        .append(column.name())
                        .append(column.dataType())
                        .append(column.constraints().stream()
                                .map(Constraint::type)
                                .toList()));
        return Checksum.of(state.toString());
    }

    static Map<String, @Nullable Object> ofColumn(Constraint constraint) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("type", constraint.type());
        document.put("name", constraint.name());
        document.put("expression", constraint.expression());
        document.put("warn_unenforced", constraint.warnsUnenforced());
        document.put("warn_unsupported", constraint.warnsUnsupported());
        document.put("to", constraint.to());
        document.put("to_columns", constraint.toColumns());
        return document;
    }

    static Map<String, @Nullable Object> ofModel(Constraint constraint) {
        Map<String, @Nullable Object> document = ofColumn(constraint);
        document.put("columns", constraint.columns());
        return document;
    }
}
