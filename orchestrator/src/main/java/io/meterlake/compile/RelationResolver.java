package io.meterlake.compile;

import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.util.Optional;

/**
 * Where {@code source()}, {@code ref()} and {@code this} point: the one place that decides which table a model reads.
 * A run over pinned data resolves sources to the tables of a snapshot; a run that builds under new names resolves
 * models to these. Every hook gets what the project declares and by default leaves it as it is.
 *
 * <p>Must be thread-safe and always give the same answer: it is asked more than once.
 */
public interface RelationResolver {
    /** Everything is where the project says. */
    RelationResolver AS_DECLARED = new RelationResolver() {};

    /** The catalog that reads the lake's Hudi tables. */
    String LAKE_CATALOG = "hudi";

    /** The schema of the lake's tables in the project's files; the setting {@code lake.database} may say another. */
    String LAKE_SCHEMA = "lake";

    /** The table that {@code source(…)} stands for. */
    default Relation source(SourceTable source) {
        return source.declared();
    }

    /**
     * The table or view that {@code ref(…)} stands for, and that {@code this} is.
     *
     * @param resource a model or a seed
     * @param declared its catalog, schema and alias by the project's settings
     */
    default Relation node(Resource resource, Relation declared) {
        return declared;
    }

    /** How an incremental model is built from its earlier build; empty if all of it is made by its SQL. */
    default Optional<Increment> increment(SqlResource.Model model) {
        return Optional.empty();
    }

    /** The same places, all models made by their SQL. */
    default RelationResolver withoutIncrements() {
        RelationResolver places = this;
        return new RelationResolver() {
            @Override
            public Relation source(SourceTable source) {
                return places.source(source);
            }

            @Override
            public Relation node(Resource resource, Relation declared) {
                return places.node(resource, declared);
            }
        };
    }

    /** As declared, with the lake's own tables in another metastore database. */
    static RelationResolver lakeDatabase(String database) {
        return new RelationResolver() {
            @Override
            public Relation source(SourceTable source) {
                Relation declared = source.declared();
                boolean lake = declared.catalog().equals(LAKE_CATALOG)
                        && declared.schema().equals(LAKE_SCHEMA);
                return lake ? declared.withSchema(database) : declared;
            }
        };
    }
}
