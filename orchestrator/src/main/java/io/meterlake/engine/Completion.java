package io.meterlake.engine;

/** How a statement ended. */
public sealed interface Completion {
    /** Trino's id of the query. */
    String queryId();

    /** A query whose rows went to the sink. */
    record Selected(String queryId, long rowCount) implements Completion {}

    /**
     * A statement that is not a query.
     *
     * @param updateType what it was, such as {@code CREATE TABLE}; empty if Trino does not say
     * @param rowCount rows changed; 0 where there are none
     */
    record Updated(String queryId, String updateType, long rowCount) implements Completion {}
}
