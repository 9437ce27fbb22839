package io.meterlake.compile;

import java.util.List;

/** A parsed selector. */
sealed interface Selector {
    /** Any of them: what blanks separate. */
    record Union(List<Selector> parts) implements Selector {}

    /** All of them: what commas separate. */
    record Intersection(List<Selector> parts) implements Selector {}

    /** The first, less the second: {@code exclude} of a selector that has a name. */
    record Difference(Selector from, Selector without) implements Selector {}

    /**
     * Nodes found by a method, and those around them.
     *
     * @param parents how many steps up; 0 none, {@link #ALL} all
     * @param children how many steps down
     * @param withParentsOfChildren {@code @}: also what the nodes below need besides
     */
    record Matching(
            String written, String method, String value, int parents, int children, boolean withParentsOfChildren)
            implements Selector {
        static final int ALL = Integer.MAX_VALUE;
    }
}
