package io.meterlake.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.columns.KnownTables.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each case is a query over {@code a(id, x, y)} and {@code b(id, z, list)}; {@code u} has columns that nobody knows. */
final class QueryReaderTest {
    private static final Map<List<String>, Known> TABLES = Map.of(
            List.of("a"), new Known("a", List.of("id", "x", "y")),
            List.of("b"), new Known("b", List.of("id", "z", "list")),
            List.of("u"), new Known("u", List.of()));

    @Test
    void aNameIsTheColumnItself() {
        assertThat(column("select X as v from a")).isEqualTo("{a.x=[IDENTITY]}");
    }

    @Test
    void anExpressionTransformsAndAnAggregateAggregates() {
        assertThat(column("select x + y as v from a")).isEqualTo("{a.x=[TRANSFORMATION], a.y=[TRANSFORMATION]}");
        assertThat(column("select cast(x as decimal(18, 6)) as v from a")).isEqualTo("{a.x=[TRANSFORMATION]}");
        assertThat(column("select sum(x) + 1 as v from a")).isEqualTo("{a.x=[AGGREGATION]}");
    }

    @Test
    void aConditionChoosesTheValueAndIsNotIt() {
        assertThat(column("select case when x > 1 then y end as v from a"))
                .isEqualTo("{a.x=[CONDITIONAL], a.y=[TRANSFORMATION]}");
        assertThat(column("select case x when 1 then y end as v from a"))
                .isEqualTo("{a.x=[CONDITIONAL], a.y=[TRANSFORMATION]}");
    }

    @Test
    void aWindowSortsAndPartitionsWithoutBeingTheValue() {
        assertThat(column("select sum(x) over (partition by id order by y) as v from a"))
                .isEqualTo("{a.id=[WINDOW], a.x=[AGGREGATION], a.y=[WINDOW]}");
        assertThat(column("select lag(x) over w as v from a window w as (order by y)"))
                .isEqualTo("{a.x=[TRANSFORMATION], a.y=[WINDOW]}");
    }

    @Test
    void whatDecidesWhichRowsThereAreIsToldForTheWholeQuery() {
        assertThat(read("select count(*) as v from a join b on a.id = b.id where z > 1 group by y order by max(x)")
                        .rows()
                        .columns())
                .hasToString("{a.id=[JOIN], a.x=[SORT], a.y=[GROUP_BY], b.id=[JOIN], b.z=[FILTER]}");
        assertThat(read("select y as v, count(*) as n from a group by 1").rows().columns())
                .hasToString("{a.y=[GROUP_BY]}");
    }

    @Test
    void ctesAndSubqueriesAreFollowed() {
        assertThat(column("with c(p, q) as (select x, sum(y) from a group by x) select q as v from c"))
                .isEqualTo("{a.y=[AGGREGATION]}");
        assertThat(column("select s.v from (select x as v from a) as s")).isEqualTo("{a.x=[IDENTITY]}");
        assertThat(column("select (select max(z) from b where b.id = a.id) as v from a"))
                .isEqualTo("{a.id=[FILTER], b.id=[FILTER], b.z=[AGGREGATION]}");
    }

    @Test
    void aUnionsColumnsAreMadeFromAllItsBranchesByPlace() {
        assertThat(column("select x as v, y from a union all select z, id from b"))
                .isEqualTo("{a.x=[IDENTITY], b.z=[IDENTITY]}");
    }

    @Test
    void starsAreTheColumnsOfTheTables() {
        assertThat(names("select * from a")).containsExactly("id", "x", "y");
        assertThat(names("select b.*, x from a join b on a.id = b.id")).containsExactly("id", "z", "list", "x");
        assertThat(names("select * from a join b using (id)")).containsExactly("id", "x", "y", "z", "list");
    }

    @Test
    void aColumnOfUsingIsMadeFromBothTables() {
        assertThat(column("select id as v from a join b using (id)")).isEqualTo("{a.id=[IDENTITY], b.id=[IDENTITY]}");
    }

    @Test
    void unnestAndLateralLookToTheLeft() {
        assertThat(column("select item as v from b cross join unnest(list) as t (item)"))
                .isEqualTo("{b.list=[TRANSFORMATION]}");
        assertThat(column("select l.w as v from a cross join lateral (select a.x + 1 as w) as l"))
                .isEqualTo("{a.x=[TRANSFORMATION]}");
    }

    @Test
    void anArgumentOfALambdaIsNoColumn() {
        assertThat(column("select transform(list, x -> x + z) as v from b"))
                .isEqualTo("{b.list=[TRANSFORMATION], b.z=[TRANSFORMATION]}");
    }

    @Test
    void whatCannotBeToldIsSaidAndNotGuessed() {
        assertThat(read("select * from u").unresolved()).containsExactly("* of u, whose columns are not known");
        assertThat(read("select x from a cross join a as other").unresolved())
                .containsExactly("column x could be of several tables");
        assertThat(read("select nothing from a").unresolved())
                .containsExactly("column nothing is in no table of FROM whose columns are known");
        assertThat(read("select 1 as v from elsewhere").unresolved())
                .containsExactly("table elsewhere is none of the project's");
        assertThat(read("selec").unresolved()).singleElement().asString().startsWith("Trino's parser refuses it");
    }

    private static String column(String sql) {
        QueryColumns read = read(sql);
        assertThat(read.unresolved()).isEmpty();
        return read.columns().stream()
                .filter(column -> column.name().equals("v"))
                .findFirst()
                .orElseThrow()
                .origins()
                .columns()
                .toString();
    }

    private static List<String> names(String sql) {
        return read(sql).columns().stream().map(QueryColumns.Output::name).toList();
    }

    private static QueryColumns read(String sql) {
        return QueryReader.read(sql, name -> Optional.ofNullable(TABLES.get(name)));
    }
}
