package io.meterlake.lineage.openlineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where the runs of a command belong, if something with lineage of its own started it.
 *
 * @param parent the run that started the command
 * @param root the one that all began with; the parent itself if nothing else is known
 */
public record Ancestry(Optional<ParentRun> parent, Optional<ParentRun> root) {
    /** A command that a person started. */
    public static final Ancestry NONE = new Ancestry(Optional.empty(), Optional.empty());

    /**
     * What the environment says.
     *
     * @param warnings hears of a variable that is not written as the specification says; it is left out
     */
    public static Ancestry of(Map<String, String> environment, Consumer<String> warnings) {
        Optional<ParentRun> parent = read(environment, ParentRun.PARENT, warnings);
        return new Ancestry(
                parent,
                read(environment, ParentRun.ROOT, warnings)
                        .filter(root -> parent.isPresent())
                        .or(() -> parent));
    }

    private static Optional<ParentRun> read(
            Map<String, String> environment, String variable, Consumer<String> warnings) {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<ParentRun> run = ParentRun.parse(text);
        if (run.isEmpty()) {
            warnings.accept("Cannot use %s for OpenLineage: '%s' is not namespace/job/run id; it is left out"
                    .formatted(variable, text));
        }
        return run;
    }

    /** The facet of a command's or a report's own run; empty if a person started it. */
    Optional<ObjectNode> ofCommand() {
        return parent.map(run -> withRoot(Facets.parent(run.runId(), run.jobNamespace(), run.job())));
    }

    /** The facet of a work of a command's. */
    ObjectNode ofWork(UUID commandsRun, String jobNamespace, String commandsJob) {
        return withRoot(Facets.parent(commandsRun, jobNamespace, commandsJob));
    }

    private ObjectNode withRoot(ObjectNode facet) {
        root.ifPresent(run -> Facets.root(facet, run));
        return facet;
    }
}
