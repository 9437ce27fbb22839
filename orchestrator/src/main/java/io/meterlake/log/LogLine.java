package io.meterlake.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.json.JsonDocuments;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * An event with its time and run, as structured logs have it: one JSON object a line, {@code time}, {@code level},
 * {@code run_id}, {@code message} and then the fields.
 *
 * @param runId empty for a command of which no log is kept
 */
public record LogLine(Instant time, String runId, LogEvent event) {
    /** Without a line end. */
    public String json() {
        ObjectNode json = JsonDocuments.object(Map.of());
        json.put("time", time.toString());
        json.put("level", event.level().word());
        if (!runId.isEmpty()) {
            json.put("run_id", runId);
        }
        json.put("message", event.message());
        event.fields().forEach((field, value) -> json.putPOJO(field.key(), value));
        return JsonDocuments.compact(json);
    }

    /** Reads a line; empty if it is none, as the last one of a process that was killed may be. */
    static Optional<LogLine> parse(String line) {
        try {
            JsonNode json = JsonDocuments.tree(line);
            Map<Field, Object> fields = new EnumMap<>(Field.class);
            for (Field field : Field.values()) {
                if (json.has(field.key())) {
                    fields.put(field, value(json.get(field.key())));
                }
            }
            return Optional.of(new LogLine(
                    Instant.parse(json.path("time").asText()),
                    json.path("run_id").asText(),
                    new LogEvent(
                            LogLevel.of(json.path("level").asText()),
                            json.path("message").asText(),
                            fields,
                            false)));
        } catch (JsonProcessingException | java.time.DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Object value(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
        }
        return node.isNumber() ? node.numberValue() : node.asText();
    }
}
