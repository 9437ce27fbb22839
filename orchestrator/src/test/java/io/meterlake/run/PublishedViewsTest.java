package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import io.meterlake.testing.SharedStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedViewsTest {
    private final Trino trino = SharedStack.get().trino();
    private final String schema = SharedStack.get().newSchema("published");
    private final PublishedViews views = new PublishedViews(trino);

    @Test
    void takesReadersFromOneBuildToTheNext() {
        Relation view = relation("t");
        for (int i = 1; i <= 2; i++) {
            Relation built = relation("build_" + i);
            trino.execute("create table " + built.sql() + " as select " + i + " as x");
            views.publish(new Publication(view, built));
            assertThat(trino.rows("select x from " + view.sql()).firstColumn()).containsExactly(Integer.toString(i));
            assertThat(views.target(view)).contains(built);
        }
    }

    @Test
    void findsTheTargetsOfNamesThatNeedQuotes() {
        Relation view = relation("My-View");
        Relation built = relation("My.\"Build\" 1");
        trino.execute("create view " + built.sql() + " as select 1 as x");
        views.publish(new Publication(view, built));
        trino.execute("create view " + relation("more").sql() + " as select x + 1 as x from " + built.sql());
        assertThat(views.targets(Map.of("hive", List.of(schema))))
                .as("a view that does more than to name another is not a published one")
                .isEqualTo(Map.of(PublishedViews.stored(view), PublishedViews.stored(built)));
        assertThat(views.target(view)).contains(PublishedViews.stored(built));
    }

    @Test
    void knowsNothingOfAViewThatIsNotThere() {
        assertThat(views.target(relation("none"))).isEmpty();
        assertThat(views.targets(Map.of("hive", List.of()))).isEmpty();
    }

    private Relation relation(String name) {
        return new Relation("hive", schema, name);
    }
}
