package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import io.meterlake.compile.RelationResolver;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a run reads and builds: sources are the snapshot's tables; the run's own models are in schemas of the snapshot,
 * {@code snap_<id>__marts} for {@code marts}; its seeds are the immutable tables of their content; and what the run does
 * not build is what the published view of it reads now, so that a later run cannot change what this one reads. A source
 * named {@code readings_by_meter} is the snapshot's view of that name; reports, which have another resolver, read the
 * snapshot's table instead. Thread-safe.
 */
final class BuildRelations implements RelationResolver {
    private final RelationResolver sources;
    private final String database;
    private final BuildScope scope;
    private final Map<Relation, Relation> published;
    private final DeferredRelations deferred;
    private final Function<Seed, SeedTable> seedReader;

    /**
     * @param sources resolves sources
     * @param database the snapshot's metastore database, such as {@code snap_20260201030000123}
     * @param published what each published view reads
     * @param deferred where another state has what is not here
     */
    BuildRelations(
            RelationResolver sources,
            String database,
            BuildScope scope,
            Map<Relation, Relation> published,
            DeferredRelations deferred,
            Function<Seed, SeedTable> seedReader) {
        this.sources = requireNonNull(sources, "sources is null");
        this.database = requireNonNull(database, "database is null");
        this.scope = scope;
        this.published = Map.copyOf(published);
        this.deferred = deferred;
        this.seedReader = seedReader;
    }

    @Override
    public Relation source(SourceTable source) {
        Relation relation = sources.source(source);
        boolean byMeter =
                source.name().equals(ReadingsByMeter.VIEW) && relation.schema().equals(database);
        return byMeter ? relation.withIdentifier(ReadingsByMeter.VIEW) : relation;
    }

    @Override
    public Relation node(Resource resource, Relation declared) {
        if (!scope.contains(resource.uniqueId())) {
            return deferred.of(resource, declared)
                    .orElseGet(() -> published.getOrDefault(PublishedViews.stored(declared), declared));
        }
        return switch (resource) {
            case Seed seed -> SeedLoader.tableOf(declared, seed, seedReader.apply(seed));
            case SqlResource.Model model -> declared.withSchema(database + "__" + declared.schema());
            default -> declared;
        };
    }
}
