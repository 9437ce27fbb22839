package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.metabase.FakeMetabase.Refused;
import java.util.List;

/** The tables that {@link FakeMetabase} finds over a connection: none before a sync, and then not at once. */
final class FakeTables {
    private static final int LOOKS_UNTIL_SYNCED = 2;
    private static final int FIRST_FIELD = 1000;

    private final List<String> columns;
    /** {@code schema.table}; a table's id is its place, counted from 1. */
    private final List<String> tables;

    private boolean syncStarted;
    private int looks;

    /** @param columns {@code schema.table.column} */
    FakeTables(List<String> columns) {
        this.columns = List.copyOf(columns);
        this.tables = columns.stream()
                .map(column -> column.substring(0, column.lastIndexOf('.')))
                .distinct()
                .sorted()
                .toList();
    }

    /** How many columns there are. */
    int columns() {
        return columns.size();
    }

    /** What is below {@code /api/database/ID}. */
    JsonNode reply(String method, String rest) {
        if (method.equals("POST") && rest.equals("/sync_schema")) {
            syncStarted = true;
            return FakeMetabase.object().put("status", "ok");
        }
        if (!method.equals("GET") || !rest.startsWith("/schema/")) {
            throw new Refused(404, "API endpoint does not exist.");
        }
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        String schema = rest.substring("/schema/".length());
        if (syncStarted && looks++ >= LOOKS_UNTIL_SYNCED) {
            for (String table : tables) {
                if (table.startsWith(schema + ".")) {
                    found.addObject()
                            .put("id", tables.indexOf(table) + 1)
                            .put("name", table.substring(schema.length() + 1))
                            .put("schema", schema);
                }
            }
        }
        if (found.isEmpty()) {
            throw new Refused(404, "Not found.");
        }
        return found;
    }

    /** A column with its table. */
    JsonNode column(int id) {
        int place = id - FIRST_FIELD;
        if (place < 0 || place >= columns.size()) {
            throw new Refused(404, "Not found.");
        }
        String[] names = columns.get(place).split("\\.", -1);
        ObjectNode column = FakeMetabase.object().put("id", id).put("name", names[2]);
        column.putObject("table").put("schema", names[0]).put("name", names[1]);
        return column;
    }

    /** A table's {@code query_metadata}. */
    JsonNode columnsOf(int id) {
        ObjectNode table = FakeMetabase.object().put("id", id);
        ArrayNode fields = table.putArray("fields");
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (column.startsWith(tables.get(id - 1) + ".")) {
                fields.addObject()
                        .put("id", FIRST_FIELD + i)
                        .put("name", column.substring(column.lastIndexOf('.') + 1));
            }
        }
        return table;
    }
}
