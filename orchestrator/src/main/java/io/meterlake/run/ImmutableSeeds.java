package io.meterlake.run;

import io.meterlake.compile.RelationResolver;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.project.SourceTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Resolves seeds to the immutable tables that hold what their files hold now, so that a report's SQL still means the same
 * when a seed has changed. All else is left to another resolver. Thread-safe.
 */
public final class ImmutableSeeds implements RelationResolver {
    private final RelationResolver others;
    private final Function<Seed, SeedTable> reader;
    private final Map<String, SeedTable> contents = new ConcurrentHashMap<>();

    /** @param reader reads a seed's file */
    public ImmutableSeeds(RelationResolver others, Function<Seed, SeedTable> reader) {
        this.others = others;
        this.reader = reader;
    }

    @Override
    public Relation source(SourceTable source) {
        return others.source(source);
    }

    @Override
    public Relation node(Resource resource, Relation declared) {
        Relation elsewhere = others.node(resource, declared);
        return resource instanceof Seed seed
                ? SeedLoader.tableOf(
                        elsewhere, seed, contents.computeIfAbsent(seed.uniqueId(), id -> reader.apply(seed)))
                : elsewhere;
    }
}
