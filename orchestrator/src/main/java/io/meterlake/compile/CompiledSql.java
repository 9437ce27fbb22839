package io.meterlake.compile;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rendered template.
 *
 * @param sql one statement, ready for Trino, without a semicolon
 * @param rendered the node's own text, before any ephemeral model is pasted in front of it
 * @param dependsOn the unique ids that it names, each once, in order; through an ephemeral model, the model's id
 * @param checksum SHA-256 of the template as written, in hex
 * @param fingerprint SHA-256 of what the SQL means, in hex: macros and variables change it, and where the tables are
 *     does not
 * @param variables the variables that were read on the way and the values they had
 */
public record CompiledSql(
        String sql,
        String rendered,
        List<String> dependsOn,
        String checksum,
        String fingerprint,
        SortedMap<String, Object> variables) {
    public CompiledSql {
        requireNonNull(sql, "sql is null");
        requireNonNull(rendered, "rendered is null");
        dependsOn = List.copyOf(dependsOn);
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }
}
