package io.meterlake.compile;

import java.util.List;

/** What depends on what, by unique id. Immutable. */
public interface Graph {
    /** Every id, dependencies first; of two that could both come next, the one whose id sorts first. */
    List<String> order();

    /** What a node needs, sorted. */
    List<String> parents(String uniqueId);

    /** What needs a node, sorted. */
    List<String> children(String uniqueId);
}
