package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import io.meterlake.error.MeterlakeException;
import java.util.Set;

/** What is known of an earlier state of the project, which the selectors below compare with. Need not be thread-safe. */
@FunctionalInterface
public interface EarlierState {
    /** The methods of selectors that ask it: {@code state:modified}, {@code result:error}, {@code source_status:fresher}. */
    Set<String> METHODS = Set.of("state", "result", "source_status");

    /** Nothing is known. */
    EarlierState NONE = (project, node, method, value) -> {
        throw new MeterlakeException(
                INVALID_SELECTION,
                "Cannot select %s:%s: there is no earlier state to compare with".formatted(method, value),
                "Name a folder with the artifacts of an earlier run: --state DIR.");
    };

    /**
     * Whether a node is what a selector means.
     *
     * @param method one of {@link #METHODS}
     * @param value such as {@code modified.body}; one that the parser let through
     * @throws MeterlakeException if what it would have to know is not there
     */
    boolean matches(CompiledProject project, CompiledNode node, String method, String value);
}
