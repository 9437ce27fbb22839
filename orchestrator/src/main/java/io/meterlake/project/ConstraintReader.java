package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the {@code constraints:} of a model or of a column. */
final class ConstraintReader {
    private static final Set<String> TYPES =
            new TreeSet<>(Set.of(Constraint.NOT_NULL, "unique", "primary_key", "foreign_key", "check", "custom"));
    private static final Set<String> KEYS =
            Set.of("type", "name", "expression", "columns", "to", "to_columns", "warn_unsupported", "warn_unenforced");

    private ConstraintReader() {}

    /** @param column the column that has them; empty for those of a model */
    static List<Constraint> read(YamlMapping owner, Optional<String> column, Problems problems) {
        List<Constraint> constraints = new ArrayList<>();
        for (YamlMapping written : owner.mappings("constraints")) {
            written.refuseUnknownKeys("a constraint", KEYS);
            written.required("type").ifPresent(type -> {
                if (!TYPES.contains(type)) {
                    problems.add(
                            written.location("type"),
                            "constraint %s does not exist%s".formatted(type, question(type, TYPES)));
                }
                constraints.add(new Constraint(
                        written.location(),
                        type,
                        column.map(List::of).orElseGet(() -> written.texts("columns")),
                        written.text("name").orElse(null),
                        written.text("expression").orElse(null),
                        written.text("to").orElse(null),
                        written.texts("to_columns"),
                        warns(written, "warn_unsupported"),
                        warns(written, "warn_unenforced")));
            });
        }
        return constraints;
    }

    private static boolean warns(YamlMapping written, String key) {
        return !written.text(key).orElse("true").equalsIgnoreCase("false");
    }
}
