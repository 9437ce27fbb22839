package io.meterlake.freshness;

import io.meterlake.compile.CompiledNode;
import io.meterlake.engine.EngineException;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks sources for their newest row, several at a time. Changes nothing. */
public final class FreshnessCheck {
    private final Trino trino;
    private final int threads;
    private final Clock clock;

    /**
     * @param threads sources at the same time, at least 1
     * @param clock what ages are counted to
     */
    public FreshnessCheck(Trino trino, int threads, Clock clock) {
        this.trino = trino;
        this.threads = Math.max(1, threads);
        this.clock = clock;
    }

    /**
     * Asks those among the nodes that are sources and have a rule; what fails is in the result.
     *
     * @param heard gets each as soon as it is known, from one thread at a time
     */
    public FreshnessResult run(List<CompiledNode> nodes, Consumer<SourceAge> heard) {
        Instant started = clock.instant();
        List<Callable<SourceAge>> checks = new ArrayList<>();
        nodes.stream()
                .filter(CompiledNode.Source.class::isInstance)
                .map(CompiledNode.Source.class::cast)
                .sorted(Comparator.comparing(CompiledNode::uniqueId))
                .forEach(source -> FreshnessRule.of(source)
                        .ifPresent(rule -> checks.add(() -> {
                            SourceAge age = age(source, rule);
                            synchronized (heard) {
                                heard.accept(age);
                            }
                            return age;
                        })));
        List<SourceAge> ages = new ArrayList<>();
        try (ExecutorService executor =
                Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
            for (Future<SourceAge> age : executor.invokeAll(checks)) {
                ages.add(age.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot finish the check of freshness: it was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check reports its failures as results", e);
        }
        return new FreshnessResult(ages, started, clock.instant());
    }

    private SourceAge age(CompiledNode.Source source, FreshnessRule rule) {
        Instant started = clock.instant();
        String sql = query(source, rule);
        if (sql.isEmpty()) {
            return new SourceAge.Unknown(
                    source,
                    "%s says neither loaded_at_field nor loaded_at_query".formatted(source.location()),
                    null,
                    started,
                    clock.instant());
        }
        try {
            Rows rows = trino.rows(sql);
            Object newest = rows.rows().getFirst().getFirst();
            Instant loadedAt = instant(newest);
            Instant askedAt = clock.instant();
            return new SourceAge.Known(
                    source,
                    rule,
                    rule.status(Duration.between(loadedAt, askedAt)),
                    loadedAt,
                    askedAt,
                    rows.queryId(),
                    started,
                    clock.instant());
        } catch (EngineException e) {
            return new SourceAge.Unknown(source, e.reason(), e, started, clock.instant());
        }
    }

    /** Sessions run in UTC, so a time without a zone is taken as UTC, as in dbt. Empty if the rule does not say how. */
    private static String query(CompiledNode.Source source, FreshnessRule rule) {
        String newest = rule.loadedAtQuery()
                .or(() -> rule.loadedAtField()
                        .map(field -> "select max(%s)%nfrom %s%s"
                                .formatted(
                                        field,
                                        source.relation().sql(),
                                        rule.filter()
                                                .map("%nwhere %s"::formatted)
                                                .orElse(""))))
                .orElse("");
        return newest.isEmpty()
                ? ""
                : "select at_timezone(cast((%n%s%n) as timestamp(6) with time zone), 'UTC')".formatted(newest);
    }

    private static Instant instant(@Nullable Object newest) {
        return newest == null ? SourceAge.NEVER : Instant.parse(newest.toString());
    }
}
