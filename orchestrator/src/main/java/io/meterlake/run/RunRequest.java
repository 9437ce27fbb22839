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
 * @param rebuild what of incremental models is made anew
 */
public record RunRequest(
        RunKind kind,
        Selection selection,
        Set<String> only,
        Deferral deferral,
        Optional<String> state,
        Rebuild rebuild) {
    public RunRequest {
        requireNonNull(kind, "kind is null");
        requireNonNull(selection, "selection is null");
        requireNonNull(deferral, "deferral is null");
        requireNonNull(rebuild, "rebuild is null");
        only = Set.copyOf(only);
    }

    /** What a selection means, all else read here. */
    public static RunRequest of(RunKind kind, Selection selection) {
        return new RunRequest(kind, selection, Set.of(), Deferral.NONE, Optional.empty(), Rebuild.CHANGED);
    }

    /** The same, incremental models made anew in another way. */
    public RunRequest with(Rebuild other) {
        return new RunRequest(kind, selection, only, deferral, state, other);
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
                deferral.isFavored(),
                RunPurpose.Remade.of(rebuild));
    }
}
