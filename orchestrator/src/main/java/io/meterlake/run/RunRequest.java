package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.Selection;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is asked to do.
 *
 * @param selection the nodes that are meant
 * @param only if there are any, exactly these nodes are meant, by unique id, whatever the selection says
 * @param deferral where to read what it does not build
 * @param state the folder of the earlier state, if there is one
 */
public record RunRequest(
        RunKind kind, Selection selection, Set<String> only, Deferral deferral, Optional<String> state) {
    public RunRequest {
        requireNonNull(kind, "kind is null");
        requireNonNull(selection, "selection is null");
        requireNonNull(deferral, "deferral is null");
        only = Set.copyOf(only);
    }

    /** What a selection means, all else read here. */
    public static RunRequest of(RunKind kind, Selection selection) {
        return new RunRequest(kind, selection, Set.of(), Deferral.NONE, Optional.empty());
    }

    /** Whether every node of the project is meant. */
    boolean takesAll() {
        return only.isEmpty() && selection.takesAll();
    }

    /** As the run's journal keeps it. */
    RunPurpose purpose(BuildScope scope, CompileOptions options) {
        return new RunPurpose(
                kind.command(),
                takesAll(),
                scope.selected().stream().sorted().toList(),
                options.vars(),
                options.target().name(),
                state.orElse(null),
                !deferral.equals(Deferral.NONE),
                deferral.isFavored());
    }
}
