package io.meterlake.compile;

import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.compile.template.TemplateObject;
import io.meterlake.project.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A relation as templates see it: printed as SQL, with its parts as properties.
 *
 * @param text as it is printed
 * @param whole what {@code render()} gives: the same without a filter on its days
 */
record RelationValue(Relation relation, String text, String whole) implements TemplateObject {
    RelationValue(Reference reference) {
        this(reference.relation(), reference.sql());
    }

    /** Without a filter. */
    RelationValue(Relation relation, String text) {
        this(relation, text, text);
    }

    /** Some of its days, as dbt filters the inputs of a microbatch. */
    static RelationValue of(Reference reference, Days days) {
        String text = "(select * from %s where %s)"
                .formatted(reference.sql(), days.condition(Relation.quoted(reference.eventTime())));
        return new RelationValue(reference.relation(), text, reference.sql());
    }

    @Override
    public Optional<Object> property(String name) {
        return switch (name) {
            case "database", "catalog" -> Optional.of(relation.catalog());
            case "schema" -> Optional.of(relation.schema());
            case "identifier", "name", "table", "alias" -> Optional.of(relation.identifier());
            case "render" -> Optional.of((TemplateFunction) arguments -> whole);
            case "include" -> Optional.of((TemplateFunction) this::include);
            default -> Optional.empty();
        };
    }

    private String include(Arguments arguments) {
        arguments.allow("database", "schema", "identifier");
        List<String> parts = new ArrayList<>();
        if (includes(arguments, 0, "database")) {
            parts.add(Relation.quoted(relation.catalog()));
        }
        if (includes(arguments, 1, "schema")) {
            parts.add(Relation.quoted(relation.schema()));
        }
        if (includes(arguments, 2, "identifier")) {
            parts.add(Relation.quoted(relation.identifier()));
        }
        return String.join(".", parts);
    }

    private static boolean includes(Arguments arguments, int place, String part) {
        return !Boolean.FALSE.equals(arguments.optional(place, part).orElse(true));
    }

    @Override
    public String toString() {
        return text;
    }
}
