package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.quoted;

import io.meterlake.compile.Contract;
import io.meterlake.engine.Column;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds models to their contracts before anybody can read them. Thread-safe. */
final class ContractCheck {
    private static final String CODE_FIX = "Mend the model, or its columns in the property file.";

    private final Trino trino;

    ContractCheck(Trino trino) {
        this.trino = trino;
    }

    /**
     * The query of a table, with the contract's columns in its order and of its types.
     *
     * @throws MeterlakeException {@code CONTRACT_BROKEN} if the query gives other columns
     */
    String ofTable(Work work, Contract contract, String sql) {
        return contract.isEnforced() ? inOrder(columns(work, contract, sql), sql) : sql;
    }

    /** The query of a view, which keeps the order of its columns. */
    String ofView(Work work, Contract contract, String sql) {
        if (!contract.isEnforced()) {
            return sql;
        }
        List<Matched> matched = columns(work, contract, sql).stream()
                .sorted(Comparator.comparingInt(Matched::place))
                .toList();
        return matched.stream().anyMatch(Matched::isCast) ? inOrder(matched, sql) : sql;
    }

    /** @throws MeterlakeException {@code CONTRACT_BROKEN} if a column lacks a value that must have one */
    void refuseNulls(Work work, Contract contract, Relation table) {
        List<String> columns = contract.columns().stream()
                .filter(Contract.Column::isNotNull)
                .map(Contract.Column::name)
                .toList();
        if (columns.isEmpty()) {
            return;
        }
        Rows counted = trino.rows(columns.stream()
                .map(name -> "count_if(%s is null)".formatted(quoted(name)))
                .collect(Collectors.joining(", ", "select ", " from " + table.sql())));
        List<String> nulls = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (counted.rows().getFirst().get(i) instanceof Long count && count > 0) {
                nulls.add("%s (%d rows)".formatted(columns.get(i), count));
            }
        }
        if (!nulls.isEmpty()) {
            throw broken(work, "not null, but without a value: " + String.join(", ", nulls));
        }
    }

    /**
     * A column of the query and of the contract.
     *
     * @param place in the query
     * @param type that it is to have
     */
    private record Matched(String name, int place, String type, boolean isCast) {}

    private static String inOrder(List<Matched> columns, String sql) {
        return columns.stream()
                .map(column -> column.isCast()
                        ? "cast(%1$s as %2$s) as %1$s".formatted(quoted(column.name()), column.type())
                        : quoted(column.name()))
                .collect(Collectors.joining(", ", "select ", " from (\n" + sql + "\n)"));
    }

    /** In the order of the contract. */
    private List<Matched> columns(Work work, Contract contract, String sql) {
        List<Column> defined =
                trino.rows("select * from (\n" + sql + "\n) limit 0").columns();
        Map<String, Column> declared = declared(contract);
        Map<String, Contract.Column> written = new LinkedHashMap<>();
        contract.columns().forEach(column -> written.put(lower(column.name()), column));
        List<List<String>> mismatches = new ArrayList<>();
        Map<String, Matched> matched = new LinkedHashMap<>();
        for (int i = 0; i < defined.size(); i++) {
            Column is = defined.get(i);
            String name = lower(is.name());
            Column promised = declared.get(name);
            if (promised == null) {
                mismatches.add(List.of(is.name(), is.type(), "", "missing in contract"));
                continue;
            }
            boolean hasParameters = Optional.ofNullable(written.get(name))
                    .map(Contract.Column::type)
                    .orElse("")
                    .contains("(");
            if (ColumnTypes.fits(is, promised, hasParameters)) {
                boolean isCast = hasParameters && !is.type().equals(promised.type());
                matched.put(name, new Matched(is.name(), i, promised.type(), isCast));
            } else {
                boolean sameKind = is.baseType().equals(promised.baseType());
                mismatches.add(List.of(
                        is.name(), is.type(), promised.type(), sameKind ? "does not fit" : "data type mismatch"));
            }
        }
        declared.forEach((name, promised) -> {
            if (defined.stream().noneMatch(is -> lower(is.name()).equals(name))) {
                mismatches.add(List.of(promised.name(), "", promised.type(), "missing in definition"));
            }
        });
        if (!mismatches.isEmpty()) {
            mismatches.sort(Comparator.comparing(List::getFirst));
            throw broken(work, "its columns are not those of the contract:" + table(mismatches));
        }
        List<Matched> inOrder = new ArrayList<>();
        declared.keySet().forEach(name -> Optional.ofNullable(matched.get(name)).ifPresent(inOrder::add));
        return inOrder;
    }

    /** The contract's types as Trino writes them; {@code int} is {@code integer}. */
    private Map<String, Column> declared(Contract contract) {
        Map<String, Column> declared = new LinkedHashMap<>();
        trino.rows(contract.columns().stream()
                        .map(column -> "cast(null as %s) as %s".formatted(column.type(), quoted(column.name())))
                        .collect(Collectors.joining(", ", "select * from (select ", ") limit 0")))
                .columns()
                .forEach(column -> declared.put(lower(column.name()), column));
        return declared;
    }

    private static String table(List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(List.of("column_name", "definition_type", "contract_type", "mismatch_reason"));
        all.addAll(rows);
        StringBuilder table = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder("\n  |");
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int widest = all.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                line.append(' ')
                        .append(row.get(i))
                        .append(" ".repeat(widest - row.get(i).length()))
                        .append(" |");
            }
            table.append(line);
        }
        return table.toString();
    }

    private static MeterlakeException broken(Work work, String why) {
        return new MeterlakeException(
                RunErrorCode.CONTRACT_BROKEN, "Cannot build %s: %s".formatted(work.label(), why), CODE_FIX);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
