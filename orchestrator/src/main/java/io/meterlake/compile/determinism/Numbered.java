package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.WindowSpecification;
import java.util.HashSet;
import java.util.Set;

/** Rows numbered with {@code row_number()}: partition and number tell them apart, also after {@code where n = 1}. */
final class Numbered {
    private Numbered() {}

    static Set<Set<String>> keys(QuerySpecification select, Scope scope) {
        Set<Set<String>> keys = new HashSet<>();
        for (SelectItem item : select.getSelect().getSelectItems()) {
            if (item instanceof SingleColumn column
                    && column.getExpression() instanceof FunctionCall call
                    && name(call.getName().getSuffix()).equals("row_number")
                    && call.getWindow().orElse(null) instanceof WindowSpecification window
                    && window.getExistingWindowName().isEmpty()) {
                Set<String> key = new HashSet<>();
                window.getPartitionBy().forEach(part -> key.add(scope.token(part)));
                key.add(scope.token(call));
                keys.add(key);
            }
        }
        return keys;
    }
}
