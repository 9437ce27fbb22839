package io.meterlake.engine;

import java.util.Locale;

/** What is peculiar about Trino 483 and its Hive and Hudi connectors, in one place. */
public final class TrinoDialect {
    /** Tables and views of the models. The Hudi connector is read-only and has no views. */
    public static final String MODEL_CATALOG = "hive";

    /** The Hudi tables of the lake. */
    public static final String LAKE_CATALOG = "hudi";

    /**
     * What opens a new version of a table or view in the model catalog. {@code CREATE OR REPLACE VIEW} is one metastore
     * call, so a reader never meets a gap; {@code CREATE OR REPLACE TABLE} does not exist there, and a rename has one.
     */
    public static final String REPLACE_VIEW = "create or replace view ";

    private TrinoDialect() {}

    /** A name in double quotes. Trino's names are lower case in the end, quoted or not. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A text literal. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** A name as the information schema has it, as a literal: the metastore keeps every name in lower case. */
    public static String storedName(String identifier) {
        return literal(identifier.toLowerCase(Locale.ROOT));
    }

    /** The statement without the white space and the {@code ;} at its end, which Trino's protocol refuses. */
    public static String withoutTerminator(String sql) {
        String text = sql.strip();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        return text;
    }
}
