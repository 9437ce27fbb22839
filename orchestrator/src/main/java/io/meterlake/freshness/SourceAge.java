package io.meterlake.freshness;

import io.meterlake.compile.CompiledNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was found out about one source. */
public sealed interface SourceAge {
    /** What a source without rows is taken to have been loaded at, as in dbt. */
    Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    CompiledNode.Source source();

    FreshnessStatus status();

    Instant started();

    Instant ended();

    /**
     * Its newest row is known.
     *
     * @param loadedAt when that was loaded; {@link #NEVER} if there are no rows
     * @param askedAt what its age is counted to
     */
    record Known(
            CompiledNode.Source source,
            FreshnessRule rule,
            FreshnessStatus status,
            Instant loadedAt,
            Instant askedAt,
            String queryId,
            Instant started,
            Instant ended)
            implements SourceAge {
        public Duration age() {
            return Duration.between(loadedAt, askedAt);
        }

        public boolean isEmpty() {
            return loadedAt.equals(NEVER);
        }
    }

    /** It could not be asked. */
    record Unknown(
            CompiledNode.Source source,
            String message,
            @Nullable RuntimeException cause,
            Instant started,
            Instant ended)
            implements SourceAge {
        @Override
        public FreshnessStatus status() {
            return FreshnessStatus.RUNTIME_ERROR;
        }
    }
}
