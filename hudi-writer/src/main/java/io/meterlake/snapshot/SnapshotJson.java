package io.meterlake.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Column;
import io.meterlake.lake.ColumnType;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Snapshots as JSON: columns of the table {@code snapshots}, and the description in a snapshot's folder. Pure. */
final class SnapshotJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SnapshotJson() {}

    /** The columns that a table had when it was pinned: more may have come since. */
    record Columns(List<Column> columns, Optional<String> partition) {
        Columns {
            columns = List.copyOf(columns);
        }
    }

    static String instants(List<CompletedInstant> instants) {
        return text(instantNodes(instants));
    }

    private static ArrayNode instantNodes(List<CompletedInstant> instants) {
        ArrayNode nodes = JSON.createArrayNode();
        for (CompletedInstant instant : instants) {
            nodes.addObject()
                    .put("requested", instant.requested())
                    .put("completed", instant.completed())
                    .put("action", instant.action());
        }
        return nodes;
    }

    static List<CompletedInstant> instants(String text) {
        List<CompletedInstant> instants = new ArrayList<>();
        read(text)
                .forEach(node -> instants.add(new CompletedInstant(
                        node.path("action").asText(),
                        node.path("requested").asText(),
                        node.path("completed").asText())));
        return instants;
    }

    static String texts(List<String> texts) {
        ArrayNode nodes = JSON.createArrayNode();
        texts.forEach(nodes::add);
        return text(nodes);
    }

    static List<String> texts(String json) {
        List<String> texts = new ArrayList<>();
        read(json).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    /** All there is to know of a snapshot but its files: enough to write its rows and register it again. */
    static String description(Snapshot snapshot, Function<String, TableDefinition> definitions) {
        ObjectNode description = JSON.createObjectNode()
                .put("snapshot_id", snapshot.id())
                .put("created_at", snapshot.createdAt().toString())
                .put("purpose", snapshot.purpose());
        ArrayNode tables = description.putArray("tables");
        for (PinnedTable pinned : snapshot.tables()) {
            TableDefinition definition = definitions.apply(pinned.table());
            ObjectNode table = tables.addObject()
                    .put("table_name", pinned.table())
                    .put("file_count", pinned.files())
                    .put("bytes", pinned.bytes())
                    .put("files_sha256", pinned.filesSha256());
            table.set("instants", instantNodes(pinned.instants()));
            ArrayNode savepoints = table.putArray("savepoints");
            pinned.savepoints().forEach(savepoints::add);
            table.put("partition_column", definition.partitionColumn().orElse(null));
            ArrayNode columns = table.putArray("columns");
            definition
                    .columns()
                    .forEach(column -> columns.addObject()
                            .put("name", column.name())
                            .put("type", column.type().name()));
        }
        return description.toPrettyString() + "\n";
    }

    /**
     * The columns of a table from a description.
     *
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE} if it does not tell
     */
    static Columns columns(String description, String tableName) {
        for (JsonNode table : read(description).path("tables")) {
            if (table.path("table_name").asText().equals(tableName)) {
                List<Column> columns = new ArrayList<>();
                for (JsonNode column : table.path("columns")) {
                    columns.add(new Column(
                            column.path("name").asText(),
                            ColumnType.valueOf(column.path("type").asText())));
                }
                return new Columns(
                        columns,
                        Optional.ofNullable(table.path("partition_column").textValue()));
            }
        }
        throw unreadable("it does not name the table " + tableName, null);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(String.valueOf(e.getOriginalMessage()), e);
        }
    }

    private static MeterlakeException unreadable(String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new MeterlakeException(
                SnapshotErrorCode.SNAPSHOT_STORAGE,
                "Cannot read what was noted of a snapshot: " + reason,
                "Restore the lake's folder .snapshots from a backup, or drop the snapshot",
                cause);
    }

    private static String text(JsonNode node) {
        return node.toString();
    }
}
