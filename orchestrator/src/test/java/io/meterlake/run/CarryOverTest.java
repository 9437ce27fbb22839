package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.compile.Days;
import io.meterlake.engine.Trino;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.project.Relation;
import io.meterlake.testing.SharedStack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of earlier builds come into new tables the same way, whether files are shared or rows copied. */
class CarryOverTest {
    @TempDir
    private Path folder;

    private final Trino trino = SharedStack.get().trino();
    private final String schema = SharedStack.get().newSchema("carryover");
    private int tables;

    @BeforeEach
    void makeTheEarlierTables() {
        trino.execute("""
                create table hive.%s.days with (format = 'PARQUET', partitioned_by = array['kind', 'day']) as
                select x, cast(kind as varchar) as kind, day from (values
                    (1, 'a: b/c', date '2026-01-01'), (2, 'a: b/c', date '2026-01-02'), (3, 'd', date '2026-01-02'),
                    (4, null, date '2026-01-03'), (5, 'd', null)) as t (x, kind, day)
                """.formatted(schema));
        trino.execute("create table hive.%s.whole with (format = 'PARQUET') as select 1 as x".formatted(schema));
    }

    @Test
    void allRowsOfATableWithoutPartitions() {
        CarriedRows rows = new CarriedRows.Everything(relation("whole"), List.of());
        assertBoth("select 2 as x", "", rows, "[1]", "[2]");
    }

    @Test
    void allRowsOfATableWithPartitions() {
        assertBoth(
                "select 6 as x, cast('d' as varchar) as kind, date '2026-01-02' as day",
                "partitioned_by = array['kind', 'day']",
                new CarriedRows.Everything(relation("days"), List.of("kind", "day")),
                "[1, a: b/c, 2026-01-01]",
                "[2, a: b/c, 2026-01-02]",
                "[3, d, 2026-01-02]",
                "[4, null, 2026-01-03]",
                "[5, d, null]",
                "[6, d, 2026-01-02]");
    }

    @Test
    void thePartitionsThatTheNewTableHasNot() {
        assertBoth(
                """
                select x, cast(kind as varchar) as kind, day from (values (6, 'a: b/c', date '2026-01-02'), (7, null, date '2026-01-03'), (8, 'd', null))
                    as t (x, kind, day)
                """,
                "partitioned_by = array['kind', 'day']",
                new CarriedRows.OtherPartitions(relation("days"), List.of("kind", "day")),
                "[1, a: b/c, 2026-01-01]",
                "[3, d, 2026-01-02]",
                "[6, a: b/c, 2026-01-02]",
                "[7, null, 2026-01-03]",
                "[8, d, null]");
    }

    @Test
    void theOtherDays() {
        assertBoth(
                "select 6 as x, cast('e' as varchar) as kind, date '2026-01-02' as day",
                "partitioned_by = array['kind', 'day']",
                new CarriedRows.OtherDays(
                        relation("days"),
                        List.of("kind", "day"),
                        "day",
                        Days.of(List.of(LocalDate.parse("2026-01-02")))),
                "[1, a: b/c, 2026-01-01]",
                "[4, null, 2026-01-03]",
                "[5, d, null]",
                "[6, e, 2026-01-02]");
    }

    private void assertBoth(String sql, String properties, CarriedRows rows, String... expected) {
        URI metastore = SharedStack.get().metastoreUri();
        LakeConfig config = LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(schema + "_lake");
        Relation shared = table(sql, properties);
        Relation copied = table(sql, properties);
        try (Lake lake = Lake.open(config, Clock.systemUTC())) {
            assertThat(new CarryOver(trino, lake.builtTables()::give).into(shared, rows))
                    .as("queries")
                    .isEmpty();
        }
        assertThat(new CarryOver(trino, CarryOver.Sharing.NONE).into(copied, rows))
                .as("queries")
                .hasSize(1);
        assertThat(rows(shared)).containsExactly(expected);
        assertThat(rows(copied)).containsExactly(expected);
        trino.execute("drop table " + relation("days").sql());
        trino.execute("drop table " + relation("whole").sql());
        assertThat(rows(shared)).as("without the earlier table").containsExactly(expected);
    }

    private Relation table(String sql, String properties) {
        Relation table = relation("built" + ++tables);
        String with = properties.isEmpty() ? "" : ", " + properties;
        trino.execute("create table %s with (format = 'PARQUET'%s) as %s".formatted(table.sql(), with, sql));
        return table;
    }

    private Relation relation(String name) {
        return new Relation("hive", schema, name);
    }

    private List<String> rows(Relation table) {
        return trino.rows("select * from " + table.sql()).rows().stream()
                .map(String::valueOf)
                .sorted()
                .toList();
    }
}
