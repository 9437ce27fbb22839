package io.meterlake.compile;

/**
 * What templates see as {@code target}: where models go that do not say otherwise.
 *
 * @param name the environment's name, such as {@code dev}
 * @param catalog Trino's catalog for views and tables; templates see it as {@code target.database}
 * @param schema the schema of models without {@code +schema}
 * @param threads nodes that run at the same time; only templates that ask for it notice
 */
public record Target(String name, String catalog, String schema, int threads) {
    /** The embedded stack. */
    public static final Target DEFAULT = new Target("dev", "hive", "marts", 4);
}
