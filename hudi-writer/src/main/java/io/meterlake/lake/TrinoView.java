package io.meterlake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trino.hive.thrift.metastore.PrincipalType;
import io.trino.hive.thrift.metastore.StorageDescriptor;
import io.trino.hive.thrift.metastore.Table;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A view as Trino's Hive connector keeps it in the metastore (its {@code ViewReaderUtil}): a table whose text is JSON in
 * Base64 in a comment. Who reads it needs the right to read what it reads.
 *
 * @param sql a query, whose relations are of the view's own database unless they have a longer name
 * @param columns what the query yields, in its order
 */
public record TrinoView(String name, String sql, List<Column> columns) {
    /** As the whole of Meterlake names Trino's catalog of the metastore. */
    private static final String CATALOG = "hive";

    private static final ObjectMapper JSON = new ObjectMapper();

    public TrinoView {
        requireNonNull(name, "name is null");
        requireNonNull(sql, "sql is null");
        columns = List.copyOf(columns);
    }

    Table table(String database) {
        Table table = new Table();
        table.setDbName(database);
        table.setTableName(name);
        table.setOwner("meterlake");
        table.setOwnerType(PrincipalType.USER);
        table.setTableType("VIRTUAL_VIEW");
        table.setPartitionKeys(new ArrayList<>());
        table.setParameters(
                new HashMap<>(Map.of("presto_view", "true", "comment", "Presto View", "DO_NOT_UPDATE_STATS", "true")));
        table.setViewOriginalText("/* Presto View: " + encoded(database) + " */");
        table.setViewExpandedText("/* Presto View */");
        StorageDescriptor storage = MetastoreTables.view();
        table.setSd(storage);
        return table;
    }

    private String encoded(String database) {
        ObjectNode view = JSON.createObjectNode()
                .put("originalSql", sql)
                .put("catalog", CATALOG)
                .put("schema", database);
        ArrayNode nodes = view.putArray("columns");
        columns.forEach(column -> nodes.addObject()
                .put("name", column.name())
                .put("type", column.type().trinoName()));
        view.put("runAsInvoker", true);
        view.putArray("path");
        return Base64.getEncoder().encodeToString(view.toString().getBytes(UTF_8));
    }
}
