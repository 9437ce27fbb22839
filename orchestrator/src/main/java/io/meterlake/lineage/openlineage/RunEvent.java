package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A run event of the OpenLineage specification 2-0-2.
 *
 * @param job the job's name in {@code jobNamespace}
 */
record RunEvent(
        Type type,
        Instant at,
        UUID runId,
        String jobNamespace,
        String job,
        Map<String, ObjectNode> runFacets,
        Map<String, ObjectNode> jobFacets,
        List<Dataset> inputs,
        List<Dataset> outputs) {
    static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    /** What became of the run. */
    enum Type {
        START,
        COMPLETE,
        FAIL
    }

    RunEvent {
        runFacets = Map.copyOf(runFacets);
        jobFacets = Map.copyOf(jobFacets);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** One line of JSON, the same for the same event. */
    String json() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventType", type.name());
        event.put("eventTime", at.toString());
        ObjectNode run = event.putObject("run");
        run.put("runId", runId.toString());
        put(run, runFacets);
        ObjectNode ofJob = event.putObject("job");
        ofJob.put("namespace", jobNamespace);
        ofJob.put("name", job);
        put(ofJob, jobFacets);
        put(event.putArray("inputs"), inputs);
        put(event.putArray("outputs"), outputs);
        event.put("producer", Facets.PRODUCER);
        event.put("schemaURL", SCHEMA);
        return event.toString();
    }

    private static void put(ObjectNode owner, Map<String, ObjectNode> facets) {
        ObjectNode all = owner.putObject("facets");
        new TreeMap<>(facets).forEach(all::set);
    }

    private static void put(ArrayNode array, List<Dataset> datasets) {
        for (Dataset dataset : datasets) {
            ObjectNode node = array.addObject();
            node.put("namespace", dataset.namespace());
            node.put("name", dataset.name());
            put(node, dataset.facets());
        }
    }
}
