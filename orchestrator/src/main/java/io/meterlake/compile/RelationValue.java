package io.meterlake.compile;

import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.compile.template.TemplateObject;
import io.meterlake.project.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A relation as templates see it: printed as SQL, with its parts as properties. */
record RelationValue(Relation relation, String text) implements TemplateObject {
    RelationValue(Reference reference) {
        this(reference.relation(), reference.sql());
    }

    @Override
    public Optional<Object> property(String name) {
        return switch (name) {
            case "database", "catalog" -> Optional.of(relation.catalog());
            case "schema" -> Optional.of(relation.schema());
            case "identifier", "name", "table", "alias" -> Optional.of(relation.identifier());
            case "render" -> Optional.of((TemplateFunction) arguments -> text);
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
