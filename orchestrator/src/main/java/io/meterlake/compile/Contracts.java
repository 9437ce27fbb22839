package io.meterlake.compile;

import io.meterlake.project.Column;
import io.meterlake.project.Constraint;
import io.meterlake.project.Problems;
import io.meterlake.project.SqlResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads contracts by dbt's rules: every column needs a type, and {@code not_null} is the one constraint that is enforced. */
final class Contracts {
    private static final String FIX = "describe it in the property file, or leave the contract out";

    private final Problems problems;

    Contracts(Problems problems) {
        this.problems = problems;
    }

    Contract read(SqlResource.Model model, NodeConfig config, Materialization materialization) {
        List<Constraint> constraints = Stream.concat(
                        model.properties().constraints().stream(),
                        model.columns().stream().flatMap(column -> column.constraints().stream()))
                .toList();
        if (!isEnforced(config)) {
            constraints.stream()
                    .filter(Constraint::warnsUnsupported)
                    .forEach(constraint -> problems.warn(
                            constraint.location(),
                            "constraint %s of %s is not enforced: it has no contract (contract: {enforced: true})"
                                    .formatted(constraint.type(), model.name())));
            return Contract.NONE;
        }
        if (materialization == Materialization.EPHEMERAL) {
            problems.add(
                    model.location(), "a contract cannot be enforced of an ephemeral model, of which nothing is built");
        }
        if (model.columns().isEmpty()) {
            problems.add(model.location(), "the contract of %s has no columns; %s".formatted(model.name(), FIX));
        }
        boolean isTable = materialization.isTable();
        List<Contract.Column> columns = new ArrayList<>();
        for (Column column : model.columns()) {
            if (column.dataType() == null) {
                problems.add(
                        model.location(),
                        "the contract of %s does not say the data_type of column %s; %s"
                                .formatted(model.name(), column.name(), FIX));
                continue;
            }
            boolean notNull = isTable
                    && constraints.stream()
                            .anyMatch(constraint -> constraint.type().equals(Constraint.NOT_NULL)
                                    && constraint.columns().stream().anyMatch(column.name()::equalsIgnoreCase));
            columns.add(new Contract.Column(column.name(), column.dataType(), notNull));
        }
        constraints.stream()
                .filter(constraint -> !(isTable && constraint.type().equals(Constraint.NOT_NULL)))
                .filter(Constraint::warnsUnsupported)
                .forEach(constraint -> problems.warn(
                        constraint.location(),
                        "constraint %s of %s is not enforced: %s; write a test of it, or warn_unsupported: false"
                                .formatted(
                                        constraint.type(), model.name(), isTable ? "Trino cannot" : "it is no table")));
        return new Contract(true, columns);
    }

    private static boolean isEnforced(NodeConfig config) {
        return config.values().get("contract") instanceof Map<?, ?> contract
                && "true".equalsIgnoreCase(Objects.toString(contract.get("enforced")));
    }
}
