package io.meterlake.freshness;

/** How a source stands, in the words of dbt's sources.json. */
public enum FreshnessStatus {
    PASS("pass"),
    /** Older than {@code warn_after}. */
    WARN("warn"),
    /** Older than {@code error_after}. */
    ERROR("error"),
    /** Nobody knows: the query failed. */
    RUNTIME_ERROR("runtime error");

    private final String word;

    FreshnessStatus(String word) {
        this.word = word;
    }

    /** As in sources.json. */
    public String word() {
        return word;
    }
}
