package io.meterlake.compile;

import io.meterlake.project.GenericTest;
import io.meterlake.project.Location;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.ResourceType;
import io.meterlake.project.Seed;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.util.List;
import java.util.Optional;

/** A node of the graph, ready to be run. */
public sealed interface CompiledNode {
    /** As the project declares it. */
    Resource resource();

    NodeConfig config();

    /** The unique ids that must be there before it, each once, in order. */
    List<String> dependsOn();

    default String uniqueId() {
        return resource().uniqueId();
    }

    default String name() {
        return resource().name();
    }

    default ResourceType resourceType() {
        return resource().resourceType();
    }

    default Location location() {
        return resource().location();
    }

    /** The SQL, where there is any. */
    default Optional<CompiledSql> compiled() {
        return Optional.empty();
    }

    /** The table or view that it is, where it is one. */
    default Optional<Relation> builtAs() {
        return Optional.empty();
    }

    /** A table that others fill. */
    record Source(SourceTable resource, NodeConfig config, Relation relation) implements CompiledNode {
        @Override
        public List<String> dependsOn() {
            return List.of();
        }

        @Override
        public Optional<Relation> builtAs() {
            return Optional.of(relation);
        }
    }

    /** A CSV file to be loaded. */
    record SeedNode(Seed resource, NodeConfig config, Relation relation) implements CompiledNode {
        @Override
        public List<String> dependsOn() {
            return List.of();
        }

        @Override
        public Optional<Relation> builtAs() {
            return Optional.of(relation);
        }
    }

    /**
     * A view or a table to be built.
     *
     * @param relation where it goes; of an ephemeral model, where it would
     */
    record Model(
            SqlResource.Model resource,
            NodeConfig config,
            Relation relation,
            Materialization materialization,
            Contract contract,
            CompiledSql sql)
            implements CompiledNode {
        @Override
        public List<String> dependsOn() {
            return sql.dependsOn();
        }

        @Override
        public Optional<CompiledSql> compiled() {
            return Optional.of(sql);
        }

        @Override
        public Optional<Relation> builtAs() {
            return materialization == Materialization.EPHEMERAL ? Optional.empty() : Optional.of(relation);
        }
    }

    /**
     * A query whose rows are faults.
     *
     * @param resource a {@link GenericTest} or a {@link SqlResource.SingularTest}
     */
    record Test(Resource resource, NodeConfig config, TestConfig test, CompiledSql sql) implements CompiledNode {
        @Override
        public List<String> dependsOn() {
            return sql.dependsOn();
        }

        @Override
        public Optional<CompiledSql> compiled() {
            return Optional.of(sql);
        }
    }

    /** What a model makes of given rows. */
    record UnitTest(io.meterlake.project.UnitTest resource, NodeConfig config, UnitTestQuery query)
            implements CompiledNode {
        @Override
        public List<String> dependsOn() {
            return List.of(resource.testedId());
        }
    }

    /** Something outside that reads the project. */
    record Exposure(io.meterlake.project.Exposure resource, NodeConfig config, List<String> dependsOn)
            implements CompiledNode {
        public Exposure {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    /** A query that is never built; some are reports. */
    record Analysis(SqlResource.Analysis resource, NodeConfig config, CompiledSql sql) implements CompiledNode {
        @Override
        public List<String> dependsOn() {
            return sql.dependsOn();
        }

        @Override
        public Optional<CompiledSql> compiled() {
            return Optional.of(sql);
        }
    }
}
