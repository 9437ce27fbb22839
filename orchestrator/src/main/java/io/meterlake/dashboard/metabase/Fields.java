package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.FieldReference;
import io.meterlake.dashboard.TemplateTag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The server's ids of the columns that the cards filter by. Named {@code schema.table.column}: the connection has one
 * catalog, and that of the published views shows the lake's Hudi tables too.
 */
record Fields(Map<String, Integer> ids) {
    static final Fields NONE = new Fields(Map.of());

    Fields {
        ids = Map.copyOf(ids);
    }

    /** The columns that cards filter by, sorted, each once. */
    static List<String> needed(Dashboards dashboards) {
        TreeSet<String> names = new TreeSet<>();
        for (Card card : dashboards.cards()) {
            for (TemplateTag tag : card.templateTags().values()) {
                FieldReference dimension = tag.dimension();
                if (dimension != null) {
                    names.add(name(dimension));
                }
            }
        }
        return List.copyOf(names);
    }

    static String name(FieldReference field) {
        return field.schema() + "." + field.table() + "." + field.field();
    }

    /** Reads those of the tables in which the needed ones are. */
    static Fields read(MetabaseClient client, int connection, List<String> needed) {
        Map<String, Integer> ids = new HashMap<>();
        TreeSet<String> tables = new TreeSet<>();
        needed.forEach(name -> tables.add(name.substring(0, name.lastIndexOf('.'))));
        TreeSet<String> schemas = new TreeSet<>();
        tables.forEach(name -> schemas.add(name.substring(0, name.indexOf('.'))));
        for (String schema : schemas) {
            String path = "/api/database/" + connection + "/schema/" + URLEncoder.encode(schema, StandardCharsets.UTF_8)
                    + "?include_hidden=true";
            // A schema without tables is not found.
            for (JsonNode table : client.find(path).map(List::of).orElse(List.of()).stream()
                    .flatMap(all -> all.valueStream())
                    .toList()) {
                String name = schema + "." + table.path("name").asText();
                if (tables.contains(name)) {
                    JsonNode metadata =
                            client.get("/api/table/" + table.path("id").asInt() + "/query_metadata");
                    for (JsonNode field : metadata.path("fields")) {
                        ids.put(
                                name + "." + field.path("name").asText(),
                                field.path("id").asInt());
                    }
                }
            }
        }
        return new Fields(ids);
    }

    /** With those of the ids that are not known yet and that the server tells. */
    Fields with(MetabaseClient client, Set<Integer> wanted) {
        Map<String, Integer> all = new HashMap<>(ids);
        for (int id : wanted) {
            if (!ids.containsValue(id)) {
                client.find("/api/field/" + id)
                        .ifPresent(field -> all.put(
                                "%s.%s.%s"
                                        .formatted(
                                                field.path("table")
                                                        .path("schema")
                                                        .asText(),
                                                field.path("table").path("name").asText(),
                                                field.path("name").asText()),
                                id));
            }
        }
        return new Fields(all);
    }

    Optional<Integer> id(String name) {
        return Optional.ofNullable(ids.get(name));
    }

    /** Those of the needed ones that the server does not know. */
    List<String> missing(List<String> needed) {
        return needed.stream().filter(name -> !ids.containsKey(name)).toList();
    }

    /** The column of an id, or words that no column has. */
    String name(int id) {
        return ids.entrySet().stream()
                .filter(one -> Objects.equals(one.getValue(), id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("another column (id " + id + ")");
    }
}
