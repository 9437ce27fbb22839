package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.json.JsonDocuments;
import java.util.TreeSet;

/** JSON as one text, whatever the order of its keys; null is the same as absent. */
final class CanonicalJson {
    private CanonicalJson() {}

    /** Empty for what is empty. */
    static String text(JsonNode node) {
        JsonNode sorted = sorted(node);
        return sorted.isMissingNode() || sorted.isNull() || (sorted.isContainerNode() && sorted.isEmpty())
                ? ""
                : JsonDocuments.compact(sorted);
    }

    /** A value of a filter: some releases wrap one in a list, and a number may have become a text. */
    static String value(JsonNode node) {
        if (node.isArray() && node.size() == 1) {
            return value(node.get(0));
        }
        return node.isNull() || node.isMissingNode() ? "" : node.isValueNode() ? node.asText() : text(node);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            TreeSet<String> names = new TreeSet<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (!object.path(name).isNull()) {
                    sorted.set(name, sorted(object.path(name)));
                }
            }
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
            array.forEach(one -> sorted.add(sorted(one)));
            return sorted;
        }
        return node;
    }
}
