package io.meterlake.compile;

import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.SourceTable;

/**
 * What {@code ref()} or {@code source()} gives a template.
 *
 * @param pasted whether the reader gets the model's SQL as a common table expression instead of a table
 * @param eventTime the column with the day of a row; empty if it has none
 */
record Reference(Resource resource, Relation relation, boolean pasted, String eventTime) {
    /** dbt's own prefix, so that nothing else in a query is called that. */
    static final String PASTED_PREFIX = "__dbt__cte__";

    /** Without days. */
    Reference(Resource resource, Relation relation, boolean pasted) {
        this(resource, relation, pasted, "");
    }

    /** The same, pasted into its reader. */
    Reference pastedIn() {
        return new Reference(resource, relation, true, eventTime);
    }

    /** As it stands in SQL. */
    String sql() {
        return pasted ? pastedName() : relation.sql();
    }

    String pastedName() {
        // A source's table may be called like a model.
        String of = resource instanceof SourceTable source ? source.sourceName() + "__" : "";
        String name = PASTED_PREFIX + of + resource.name();
        return name.matches("\\w+") ? name : Relation.quoted(name);
    }
}
