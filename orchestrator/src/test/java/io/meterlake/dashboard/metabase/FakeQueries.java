package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.metabase.FakeMetabase.Refused;
import java.util.regex.Pattern;

/** What {@link FakeMetabase} takes as a query, and how it gives it back. */
final class FakeQueries {
    private static final Pattern UUID_4 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    private FakeQueries() {}

    /** The older form, which every release takes. */
    static void check(JsonNode query, int columns) {
        FakeMetabaseObjects.only(query, "database", "type", "native");
        FakeMetabaseObjects.required(query, "database", "type", "native");
        FakeMetabaseObjects.only(query.path("native"), "query", "template-tags", "collection");
        FakeMetabaseObjects.required(query.path("native"), "query");
        query.path("native").path("template-tags").properties().forEach(one -> {
            JsonNode tag = one.getValue();
            FakeMetabaseObjects.only(
                    tag,
                    "id",
                    "name",
                    "display-name",
                    "type",
                    "dimension",
                    "widget-type",
                    "required",
                    "default",
                    "options");
            FakeMetabaseObjects.required(tag, "id", "name", "display-name", "type");
            boolean isFilter = tag.path("type").asText().equals("dimension");
            int field = tag.path("dimension").path(1).asInt() - 1000;
            if (!tag.path("name").asText().equals(one.getKey())
                    || isFilter != tag.has("dimension")
                    || !UUID_4.matcher(tag.path("id").asText()).matches()
                    || isFilter != tag.has("widget-type")
                    || (isFilter && (field < 0 || field >= columns))) {
                throw new Refused(400, "{\"specific-errors\": {\"dataset_query\": [\"invalid template tag\"]}}");
            }
        });
    }

    /** MBQL 5, with the tags by name or, from 0.60 on, in a list. */
    static JsonNode inStages(JsonNode query, int release) {
        ObjectNode whole = FakeMetabase.object();
        whole.put("lib/type", "mbql/query").set("database", query.path("database"));
        ObjectNode stage = whole.putArray("stages").addObject();
        stage.put("lib/type", "mbql.stage/native")
                .set("native", query.path("native").path("query"));
        ObjectNode byName = FakeMetabase.object();
        ArrayNode list = whole.arrayNode();
        query.path("native").path("template-tags").properties().forEach(one -> {
            ObjectNode tag = one.getValue().deepCopy();
            if (tag.has("dimension")) {
                JsonNode id = tag.path("dimension").path(1);
                ArrayNode dimension = tag.putArray("dimension").add("field");
                dimension.addObject().put("lib/uuid", "00000000-0000-0000-0000-000000000000");
                dimension.add(id);
            }
            byName.set(one.getKey(), tag);
            list.add(tag);
        });
        stage.set("template-tags", release >= 60 ? list : byName);
        return whole;
    }
}
