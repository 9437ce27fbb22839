package io.meterlake.compile;

import io.meterlake.project.Problems.Problem;
import io.meterlake.project.SqlResource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Models that nobody should read any more, or from some day on, and who reads them. */
public final class Deprecations {
    private Deprecations() {}

    /** What is to be said of them, as dbt does. */
    public static List<Problem> of(CompiledProject project, Instant now) {
        List<Problem> warnings = new ArrayList<>();
        for (CompiledNode node : project.nodes()) {
            if (node.resource() instanceof SqlResource.Model model
                    && model.properties().deprecationDate() != null) {
                Instant date = model.properties().deprecationDate();
                LocalDate day = LocalDate.ofInstant(date, ZoneOffset.UTC);
                boolean passed = !date.isAfter(now);
                if (passed) {
                    warnings.add(
                            new Problem(model.location(), "%s is deprecated since %s".formatted(model.name(), day)));
                }
                for (String reader : project.graph().children(node.uniqueId())) {
                    project.node(reader)
                            .filter(child -> !child.resourceType().isTest())
                            .ifPresent(child -> warnings.add(new Problem(
                                    child.location(),
                                    "%s reads %s, which is deprecated %s %s"
                                            .formatted(child.name(), model.name(), passed ? "since" : "from", day))));
                }
            }
        }
        return warnings.stream().sorted().toList();
    }
}
