package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.dashboard.FieldReference;
import io.meterlake.dashboard.Parameter;
import io.meterlake.dashboard.TemplateTag;
import io.meterlake.json.JsonDocuments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is sent to the server. The ids of tags and parameters are made from the slugs, so that they are the same in every
 * apply and on every server.
 */
final class Payloads {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Payloads() {}

    /** The query in its older form, which every release takes. */
    static ObjectNode card(Card card, int connection, Fields fields) {
        ObjectNode body = JSON.objectNode();
        body.put("display", card.display());
        body.set(
                "visualization_settings",
                JsonDocuments.object(Map.of("settings", card.visualizationSettings()))
                        .path("settings"));
        ObjectNode query = body.putObject("dataset_query");
        query.put("database", connection).put("type", "native");
        ObjectNode text = query.putObject("native");
        text.put("query", card.query().text());
        ObjectNode tags = text.putObject("template-tags");
        ArrayNode parameters = body.putArray("parameters");
        for (TemplateTag tag : card.templateTags().values()) {
            String id = tagId(card, tag);
            ObjectNode one = tags.putObject(tag.name());
            one.put("id", id)
                    .put("name", tag.name())
                    .put("display-name", tag.displayName())
                    .put("type", tag.type().word());
            FieldReference dimension = tag.dimension();
            if (dimension != null) {
                ArrayNode field = one.putArray("dimension");
                field.add("field")
                        .add(fields.id(Fields.name(dimension)).orElseThrow())
                        .addNull();
                one.put("widget-type", tag.widgetType());
            }
            if (tag.required()) {
                one.put("required", true);
            }
            ObjectNode parameter = parameters.addObject();
            parameter
                    .put("id", id)
                    .put("type", parameterType(tag))
                    .put("name", tag.displayName())
                    .put("slug", tag.name());
            parameter.set("target", target(tag));
            tag.fallback().ifPresent(value -> {
                one.put("default", value);
                parameter.put("default", value);
            });
        }
        return body;
    }

    /** The three arrays that the server replaces as a whole. */
    static ObjectNode dashboard(
            Dashboard dashboard, Dashboards all, Map<String, Integer> cardIds, Optional<FoundObject> found) {
        ObjectNode body = JSON.objectNode();
        ArrayNode parameters = body.putArray("parameters");
        dashboard.parameters().forEach(parameter -> parameters.add(parameter(dashboard, all, parameter, cardIds)));
        ArrayNode dashcards = body.putArray("dashcards");
        Map<Integer, Deque<Integer>> known = dashcardIds(found);
        int next = -1;
        for (Dashcard dashcard : WantedStates.inReadingOrder(dashboard)) {
            int cardId = cardIds.getOrDefault(dashcard.card(), 0);
            Integer id = known.getOrDefault(cardId, new ArrayDeque<>()).poll();
            ObjectNode one = dashcards.addObject();
            // One that is there keeps its id, and with it what hangs on it; a negative id makes a new one.
            one.put("id", id == null ? next-- : id)
                    .put("card_id", cardId)
                    .put("row", dashcard.row())
                    .put("col", dashcard.col())
                    .put("size_x", dashcard.sizeX())
                    .put("size_y", dashcard.sizeY());
            one.putObject("visualization_settings");
            one.putArray("series");
            ArrayNode mappings = one.putArray("parameter_mappings");
            for (Dashcard.ParameterMapping mapping : dashcard.parameterMappings()) {
                ObjectNode target = mappings.addObject();
                target.put("parameter_id", parameterId(dashboard, mapping.parameter()))
                        .put("card_id", cardId);
                target.set("target", target(tag(all, dashcard.card(), mapping.tag())));
            }
        }
        body.putArray("tabs");
        return body;
    }

    private static ObjectNode parameter(
            Dashboard dashboard, Dashboards all, Parameter parameter, Map<String, Integer> cardIds) {
        ObjectNode body = JSON.objectNode();
        body.put("id", parameterId(dashboard, parameter.slug()))
                .put("name", parameter.name())
                .put("slug", parameter.slug())
                .put("type", parameter.type())
                .put("sectionId", parameter.type().substring(0, parameter.type().indexOf('/')));
        String fallback = parameter.defaultValue();
        if (fallback != null && parameter.type().endsWith("/=")) {
            body.putArray("default").add(fallback);
        } else if (fallback != null) {
            body.put("default", fallback);
        }
        if (!parameter.values().isEmpty()) {
            body.put("values_query_type", "list").put("values_source_type", "static-list");
            ArrayNode values = body.putObject("values_source_config").putArray("values");
            parameter.values().forEach(values::add);
        }
        parameter.offered().ifPresent(from -> {
            // "search" asks for what matches while somebody types; "list" would fetch all of them first.
            body.put("values_query_type", "search").put("values_source_type", "card");
            ObjectNode config = body.putObject("values_source_config");
            config.put("card_id", cardIds.getOrDefault(from.card(), 0));
            ArrayNode field = config.putArray("value_field").add("field").add(from.column());
            field.addObject().put("base-type", "type/Text");
        });
        if (all.feedsVariable(dashboard, parameter)) {
            // A plain variable has room for one value.
            body.put("isMultiSelect", false);
        }
        return body;
    }

    private static TemplateTag tag(Dashboards all, String card, String tag) {
        return Optional.ofNullable(all.card(card).orElseThrow().templateTags().get(tag))
                .orElseThrow();
    }

    private static JsonNode target(TemplateTag tag) {
        ArrayNode target = JSON.arrayNode();
        target.add(tag.dimension() == null ? "variable" : "dimension");
        target.addArray().add("template-tag").add(tag.name());
        return target;
    }

    private static String parameterType(TemplateTag tag) {
        return switch (tag.type()) {
            case DIMENSION -> tag.widgetType();
            case DATE -> "date/single";
            case NUMBER -> "number/=";
            case TEXT -> "category";
        };
    }

    /** The ids of the dashcards that are there, by card, in reading order. */
    private static Map<Integer, Deque<Integer>> dashcardIds(Optional<FoundObject> found) {
        Map<Integer, Deque<Integer>> ids = new HashMap<>();
        // Those within a tab that was made by hand go with it.
        if (found.isPresent() && found.get().raw().path("tabs").isEmpty()) {
            for (JsonNode one : FoundStates.inReadingOrder(found.get().raw().path("dashcards"))) {
                ids.computeIfAbsent(one.path("card_id").asInt(), id -> new ArrayDeque<>())
                        .add(one.path("id").asInt());
            }
        }
        return ids;
    }

    private static String tagId(Card card, TemplateTag tag) {
        String id = UUID.nameUUIDFromBytes(
                        ("meterlake/card/" + card.slug() + "/" + tag.name()).getBytes(StandardCharsets.UTF_8))
                .toString();
        // Metabase's schema of queries takes UUIDs of version 4 only, and one made of a name says 3.
        return id.substring(0, 14) + '4' + id.substring(15);
    }

    private static String parameterId(Dashboard dashboard, String parameter) {
        return UUID.nameUUIDFromBytes(
                        ("meterlake/dashboard/" + dashboard.slug() + "/" + parameter).getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }
}
