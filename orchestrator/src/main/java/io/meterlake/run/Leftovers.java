package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a run that was killed left in Trino, and what of it is in the way of going on. */
final class Leftovers {
    /** A query that was ended is gone within moments; each look takes some hundredth of a second. */
    private static final int LOOKS = 100;

    private final Trino trino;

    Leftovers(Trino trino) {
        this.trino = trino;
    }

    /**
     * Ends the queries that still go on in a run's schemas: a table that one of them makes would come into being beside, or
     * instead of, the one that is made now.
     *
     * @param database the snapshot's, such as {@code snap_20260201030000123}
     */
    void endQueries(String database) {
        String sql = """
                select query_id
                from system.runtime.queries
                where source = 'meterlake'
                    and state not in ('FINISHED', 'FAILED')
                    and query like %s escape '\\'
                    and query not like '%%system.runtime.queries%%'
                """.formatted(literal("%" + database.replace("_", "\\_") + "\\_\\_%"));
        List<String> running = trino.rows(sql).firstColumn();
        running.forEach(trino::end);
        for (int look = 0; !running.isEmpty() && look < LOOKS; look++) {
            running = trino.rows(sql).firstColumn();
        }
    }

    /** Drops the tables and views under whose names these works are going to build. */
    void drop(List<Work> works) {
        Map<Relation, Relation> wanted = new HashMap<>();
        works.forEach(work -> built(work).ifPresent(relation -> wanted.put(PublishedViews.stored(relation), relation)));
        Map<String, Set<String>> schemas = new HashMap<>();
        wanted.keySet()
                .forEach(relation -> schemas.computeIfAbsent(relation.catalog(), absent -> new TreeSet<>())
                        .add(relation.schema()));
        schemas.forEach((catalog, names) -> {
            String sql = """
                    select table_schema, table_name, table_type
                    from %s.information_schema.tables
                    where table_schema in (%s)
                    """.formatted(
                            TrinoDialect.quoted(catalog),
                            names.stream().map(TrinoDialect::literal).collect(Collectors.joining(", ")));
            trino.rows(sql).rows().forEach(row -> {
                Relation relation =
                        wanted.get(new Relation(catalog, String.valueOf(row.get(0)), String.valueOf(row.get(1))));
                if (relation != null) {
                    String kind = "VIEW".equals(row.get(2)) ? "view" : "table";
                    trino.execute("drop %s if exists %s".formatted(kind, relation.sql()));
                }
            });
        });
    }

    private static Optional<Relation> built(Work work) {
        return switch (work) {
            case Work.BuildView view -> Optional.of(view.relation());
            case Work.BuildTable table -> Optional.of(table.relation());
            case Work.LoadSeed _, Work.RunTest _, Work.RunUnitTest _ -> Optional.empty();
        };
    }
}
