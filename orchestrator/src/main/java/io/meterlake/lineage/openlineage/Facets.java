package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.lineage.TableCommit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/** The specification's facets that Meterlake fills. */
final class Facets {
    static final String PRODUCER = "urn:meterlake";
    private static final String SPEC = "https://openlineage.io/spec/facets/";

    private Facets() {}

    private static ObjectNode facet(String version, String name) {
        ObjectNode facet = JsonNodeFactory.instance.objectNode();
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", SPEC + version + "/" + name + ".json#/$defs/" + name);
        return facet;
    }

    /** The commit that a Hudi table was read at: requested and completed instant of the one that completed last. */
    static Optional<ObjectNode> version(List<TableCommit> commits) {
        return commits.stream()
                .max(Comparator.comparing(TableCommit::completed).thenComparing(TableCommit::requested))
                .map(last -> version(last.requested() + "/" + last.completed()));
    }

    static ObjectNode version(String version) {
        return facet("1-0-1", "DatasetVersionDatasetFacet").put("datasetVersion", version);
    }

    /** @param columns type by name; an empty type is not known */
    static ObjectNode schema(SequencedMap<String, String> columns) {
        ObjectNode facet = facet("1-2-0", "SchemaDatasetFacet");
        ArrayNode fields = facet.putArray("fields");
        columns.forEach((name, type) -> {
            ObjectNode field = fields.addObject().put("name", name);
            if (!type.isEmpty()) {
                field.put("type", type);
            }
        });
        return facet;
    }

    /** Without its {@code fields} and {@code dataset}. */
    static ObjectNode columnLineage() {
        return facet("1-2-0", "ColumnLineageDatasetFacet");
    }

    static ObjectNode dataSource(String name, String uri) {
        return facet("1-0-1", "DatasourceDatasetFacet").put("name", name).put("uri", uri);
    }

    static ObjectNode sql(String query) {
        return facet("1-1-0", "SQLJobFacet").put("query", query).put("dialect", "trino");
    }

    /** @param type such as MODEL, SEED, TEST, REPORT, DAG */
    static ObjectNode jobType(String type) {
        return facet("2-0-4", "JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "METERLAKE")
                .put("jobType", type);
    }

    static ObjectNode parent(UUID runId, String jobNamespace, String job) {
        ObjectNode facet = facet("1-2-0", "ParentRunFacet");
        facet.putObject("run").put("runId", runId.toString());
        facet.putObject("job").put("namespace", jobNamespace).put("name", job);
        return facet;
    }

    /** Adds to a parent facet what all began with. */
    static void root(ObjectNode parent, ParentRun root) {
        ObjectNode node = parent.putObject("root");
        node.putObject("run").put("runId", root.runId().toString());
        node.putObject("job").put("namespace", root.jobNamespace()).put("name", root.job());
    }

    static ObjectNode nominalTime(Instant start, Instant end) {
        return facet("1-0-1", "NominalTimeRunFacet")
                .put("nominalStartTime", start.toString())
                .put("nominalEndTime", end.toString());
    }

    static ObjectNode error(String message) {
        return facet("1-0-1", "ErrorMessageRunFacet").put("message", message).put("programmingLanguage", "JAVA");
    }
}
