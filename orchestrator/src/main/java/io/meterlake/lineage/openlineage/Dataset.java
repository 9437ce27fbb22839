package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A table or a file that a run reads or writes.
 *
 * @param namespace of a table {@code trino://host:port}, of a file {@code file}
 * @param name {@code catalog.schema.table}, or the file's absolute path
 * @param facets by their keys in the specification
 */
record Dataset(String namespace, String name, Map<String, ObjectNode> facets) {
    Dataset {
        facets = Map.copyOf(facets);
    }

    Dataset with(String key, ObjectNode facet) {
        Map<String, ObjectNode> more = new HashMap<>(facets);
        more.put(key, facet);
        return new Dataset(namespace, name, more);
    }
}
