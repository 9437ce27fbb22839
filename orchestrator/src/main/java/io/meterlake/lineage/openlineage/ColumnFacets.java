package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.columns.Origins;
import io.meterlake.columns.ProjectColumns;
import io.meterlake.columns.QueryColumns;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.Relation;
import java.util.Optional;

/**
 * The columnLineage facets of models: from each column to those of the tables that the model reads. Columns of which it
 * could not be told are left out.
 */
final class ColumnFacets {
    private final CompiledProject project;
    private final ProjectColumns columns;
    private final String namespace;

    /** @param namespace of every table */
    ColumnFacets(CompiledProject project, String namespace) {
        this.project = project;
        this.columns = ProjectColumns.of(project);
        this.namespace = namespace;
    }

    /** A source goes by its own address, also where a snapshot is read in its place. */
    static Optional<Relation> address(CompiledNode node) {
        return node instanceof CompiledNode.Source source
                ? Optional.of(source.resource().declared())
                : node.builtAs();
    }

    /** The facet of what a node builds; empty unless it is a model. */
    Optional<ObjectNode> of(CompiledNode node) {
        QueryColumns query = columns.queries().get(node.uniqueId());
        if (query == null || query.columns().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode facet = Facets.columnLineage();
        ObjectNode fields = facet.putObject("fields");
        for (QueryColumns.Output output : query.columns()) {
            boolean known = query.isComplete() || !output.origins().columns().isEmpty();
            if (known && !output.name().isEmpty()) {
                put(fields.putObject(output.name()).putArray("inputFields"), output.origins());
            }
        }
        put(facet.putArray("dataset"), query.rows());
        return Optional.of(facet);
    }

    private void put(ArrayNode inputs, Origins origins) {
        origins.columns().forEach((column, ways) -> {
            Optional<Relation> table = project.node(column.node()).flatMap(ColumnFacets::address);
            if (table.isEmpty()) {
                return;
            }
            ObjectNode input = inputs.addObject()
                    .put("namespace", namespace)
                    .put("name", table.get().dotted())
                    .put("field", column.column());
            ArrayNode transformations = input.putArray("transformations");
            ways.forEach(
                    way -> transformations.addObject().put("type", way.type()).put("subtype", way.name()));
        });
    }
}
