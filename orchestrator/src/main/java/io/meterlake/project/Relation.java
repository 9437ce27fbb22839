package io.meterlake.project;

import static java.util.Objects.requireNonNull;

/**
 * A table or view by its full name. {@link #toString} is SQL: each part quoted, so that no name can break out of it.
 *
 * @param catalog Trino's catalog; dbt calls it database
 * @param schema the schema; in the metastore a database
 * @param identifier the table's or view's own name
 */
public record Relation(String catalog, String schema, String identifier) {
    public Relation {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(identifier, "identifier is null");
    }

    /** {@code "catalog"."schema"."identifier"}. */
    public String sql() {
        return quoted(catalog) + "." + quoted(schema) + "." + quoted(identifier);
    }

    /** {@code catalog.schema.identifier}, for people. */
    public String dotted() {
        return catalog + "." + schema + "." + identifier;
    }

    /** The same schema, another name. */
    public Relation withIdentifier(String other) {
        return new Relation(catalog, schema, other);
    }

    /** The same catalog and name, another schema. */
    public Relation withSchema(String other) {
        return new Relation(catalog, other, identifier);
    }

    /** A name as SQL, whatever it holds. */
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return sql();
    }
}
