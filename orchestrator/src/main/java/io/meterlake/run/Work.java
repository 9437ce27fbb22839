package io.meterlake.run;

import io.meterlake.compile.Contract;
import io.meterlake.compile.TestConfig;
import io.meterlake.compile.UnitTestQuery;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One thing that a run does. */
public sealed interface Work {
    /** The node's unique id. */
    String id();

    /** What a progress line calls it. */
    String label();

    /** The works of the same plan that must have succeeded before, by id. */
    Set<String> after();

    /** The same work with more before it. */
    Work alsoAfter(Set<String> more);

    /** Load a CSV file into the immutable table {@code relation}, unless it is there. */
    record LoadSeed(String id, Relation relation, Seed seed, Set<String> after) implements Work {
        @Override
        public String label() {
            return "seed " + relation.schema() + "." + relation.identifier();
        }

        @Override
        public LoadSeed alsoAfter(Set<String> more) {
            return new LoadSeed(id, relation, seed, union(after, more));
        }
    }

    /** Swap a view. */
    record BuildView(String id, Relation relation, String sql, Contract contract, Set<String> after) implements Work {
        /** Without a contract. */
        public BuildView(String id, Relation relation, String sql, Set<String> after) {
            this(id, relation, sql, Contract.NONE, after);
        }

        @Override
        public String label() {
            return "view " + relation.schema() + "." + relation.identifier();
        }

        @Override
        public BuildView alsoAfter(Set<String> more) {
            return new BuildView(id, relation, sql, contract, union(after, more));
        }
    }

    /**
     * Build the table {@code relation}, which is not there yet.
     *
     * @param properties of the new table, name to SQL expression, such as {@code partitioned_by} to {@code array['month']}
     * @param carried what it has besides the rows of the SQL
     */
    record BuildTable(
            String id,
            Relation relation,
            String sql,
            Map<String, String> properties,
            Contract contract,
            CarriedRows carried,
            Set<String> after)
            implements Work {
        public BuildTable {
            properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }

        /** Without a contract. */
        public BuildTable(String id, Relation relation, String sql, Map<String, String> properties, Set<String> after) {
            this(id, relation, sql, properties, Contract.NONE, CarriedRows.NONE, after);
        }

        @Override
        public String label() {
            return "table " + relation.schema() + "." + relation.identifier();
        }

        @Override
        public BuildTable alsoAfter(Set<String> more) {
            return new BuildTable(id, relation, sql, properties, contract, carried, union(after, more));
        }
    }

    /** Look for faulty rows. */
    record RunTest(String id, String name, String sql, TestConfig config, Set<String> after) implements Work {
        @Override
        public String label() {
            return "test " + name;
        }

        @Override
        public RunTest alsoAfter(Set<String> more) {
            return new RunTest(id, name, sql, config, union(after, more));
        }
    }

    /** Compare what a model makes of given rows with what it should. */
    record RunUnitTest(String id, String name, UnitTestQuery query, Set<String> after) implements Work {
        @Override
        public String label() {
            return "unit test " + name;
        }

        @Override
        public RunUnitTest alsoAfter(Set<String> more) {
            return new RunUnitTest(id, name, query, union(after, more));
        }
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        Set<String> all = new TreeSet<>(left);
        all.addAll(right);
        return Set.copyOf(all);
    }
}
