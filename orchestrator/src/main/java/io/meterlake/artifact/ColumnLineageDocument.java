package io.meterlake.artifact;

import io.meterlake.columns.ColumnDocuments;
import io.meterlake.columns.ProjectColumns;
import io.meterlake.columns.QueryColumns;
import io.meterlake.json.JsonDocuments;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** column_lineage.json, Meterlake's own, version 1: what each column of each model and report is made from. */
public final class ColumnLineageDocument {
    private static final int VERSION = 1;

    private ColumnLineageDocument() {}

    /**
     * The document; the same bytes for the same project and times.
     *
     * @param generated when it is made
     */
    public static String of(ProjectColumns columns, Invocation invocation, Instant generated) {
        ColumnDocuments documents = new ColumnDocuments(columns);
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (String id : columns.nodes()) {
            Map<String, Object> node = documents.upstream(id, columns.columns(id));
            QueryColumns query = columns.queries().get(id);
            node.put("unresolved", query == null ? List.of() : query.unresolved());
            nodes.put(id, node);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("format", "meterlake/column-lineage");
        metadata.put("version", VERSION);
        metadata.put("generated_at", Invocation.text(generated));
        metadata.put("invocation_id", invocation.id().toString());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("metadata", metadata);
        document.put("nodes", nodes);
        return JsonDocuments.compact(document);
    }
}
