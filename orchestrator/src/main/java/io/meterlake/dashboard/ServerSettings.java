package io.meterlake.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What a Metabase server shall have besides the dashboards; what is not named stays as it is there.
 *
 * @param groups who may read
 * @param cache of the whole server
 */
public record ServerSettings(List<ReaderGroup> groups, Optional<CachePolicy> cache) {
    /** Nothing is named. */
    public static final ServerSettings NONE = new ServerSettings(List.of(), Optional.empty());

    /**
     * A group of users, by its name in Metabase.
     *
     * @param reads the slugs of the collections that it may read
     * @param createQueries whether it may ask its own questions: no, query-builder or query-builder-and-native
     */
    public record ReaderGroup(String name, List<String> reads, String createQueries) {
        public ReaderGroup {
            reads = List.copyOf(reads);
        }
    }

    /**
     * Metabase's adaptive policy, the only one that it has in its open-source edition: a result is kept as many times as
     * long as it took.
     *
     * @param multiplier how many times
     * @param minDurationMs of queries that are faster nothing is kept
     */
    public record CachePolicy(int multiplier, int minDurationMs) {}

    public ServerSettings {
        groups = List.copyOf(groups);
    }

    /** Whether nothing is named. */
    public boolean isEmpty() {
        return groups.isEmpty() && cache.isEmpty();
    }
}
