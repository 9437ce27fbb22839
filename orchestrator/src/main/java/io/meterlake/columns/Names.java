package io.meterlake.columns;

import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names as Trino compares them: quoted or not, in lower case. */
final class Names {
    private Names() {}

    static String lower(Identifier identifier) {
        return identifier.getValue().toLowerCase(Locale.ROOT);
    }

    static List<String> lower(Optional<List<Identifier>> identifiers) {
        return identifiers.orElse(List.of()).stream().map(Names::lower).toList();
    }

    static List<String> parts(QualifiedName name) {
        return name.getOriginalParts().stream().map(Names::lower).toList();
    }

    /** The parts of {@code a.b.c}; empty for what is no name. */
    static List<String> path(Expression expression) {
        return switch (expression) {
            case Identifier identifier -> List.of(lower(identifier));
            case DereferenceExpression dereference -> {
                QualifiedName name = DereferenceExpression.getQualifiedName(dereference);
                yield name == null ? List.of() : parts(name);
            }
            default -> List.of();
        };
    }
}
