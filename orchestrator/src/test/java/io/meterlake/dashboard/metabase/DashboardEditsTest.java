package io.meterlake.dashboard.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Cause;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was changed since the last apply: on the server by hand, in the files, and by others. */
class DashboardEditsTest extends OnAMetabase {
    @Test
    void tellsAnEditByHandFromAChangedFile() throws IOException {
        try (FakeMetabase metabase = applied()) {
            named(metabase.objects.cards, "Reports").put("display", "bar");
            DashboardPlan plan = plan(metabase);
            assertThat(plan.steps()).singleElement().satisfies(step -> {
                Step.Change change = (Step.Change) step;
                assertThat(change.cause()).isEqualTo(Cause.EDITED_BY_HAND);
                assertThat(change.differences()).containsExactly(new Difference("display", "bar", "table"));
            });

            Dashboards changed = FilesChanged.rename(FILES, "reports", "All reports");
            assertThat(change(server(metabase, KEY).plan(changed), "reports").cause())
                    .isEqualTo(Cause.BOTH);
            apply(metabase, FILES);
            assertThat(change(server(metabase, KEY).plan(changed), "reports").cause())
                    .isEqualTo(Cause.FILE_CHANGED);
            apply(metabase, changed);
            assertThat(named(metabase.objects.cards, "All reports")
                            .path("display")
                            .asText())
                    .isEqualTo("table");
            assertThat(server(metabase, KEY).plan(changed).isEmpty()).isTrue();
        }
    }

    @Test
    void findsACardThatWasMovedOnItsDashboardAndToAnotherCollection() throws IOException {
        try (FakeMetabase metabase = applied()) {
            ObjectNode explorer = named(metabase.objects.dashboards, "Meter explorer");
            ((ObjectNode) explorer.at("/dashcards/1")).put("col", 6).put("size_x", 12);
            named(metabase.objects.cards, "Rejected records").putNull("collection_id");
            int kept = explorer.at("/dashcards/0/id").asInt();
            DashboardPlan plan = plan(metabase);
            assertThat(plan.steps()).hasSize(2);
            assertThat(change(plan, "rejected").differences())
                    .containsExactly(new Difference("collection", "none, at the top", "meterlake"));
            assertThat(change(plan, "meter_explorer").differences())
                    .containsExactly(
                            new Difference("card freshness", "row 9, column 6, 12 × 4", "row 9, column 0, 24 × 4"));
            apply(metabase, FILES);
            assertThat(plan(metabase).steps()).isEmpty();
            assertThat(explorer.at("/dashcards/0/id").asInt())
                    .as("what hangs on a dashcard's id stays")
                    .isEqualTo(kept);
        }
    }

    @Test
    void findsEveryKindOfEdit() throws IOException {
        try (FakeMetabase metabase = applied()) {
            ObjectNode curve = named(metabase.objects.cards, "Energy of the chosen meters");
            ((ObjectNode) curve.at("/dataset_query/native")).put("query", "select 1");
            ((ObjectNode) curve.at("/dataset_query/native/template-tags/meters")).put("required", false);
            ((ObjectNode) curve.at("/visualization_settings")).put("graph.show_values", true);
            ObjectNode settlement = named(metabase.objects.dashboards, "Settlement");
            ((ArrayNode) settlement.path("dashcards"))
                    .addObject()
                    .put("id", 999)
                    .put("row", 50)
                    .put("col", 0)
                    .put("size_x", 2)
                    .put("size_y", 2)
                    .putObject("visualization_settings")
                    .put("text", "Hello");
            ((ArrayNode) settlement.path("tabs")).addObject().put("id", 5).put("name", "Mine");
            ((ObjectNode) settlement.at("/parameters/0")).put("name", "Month");
            named(metabase.objects.collections, "Meterlake").put("archived", true);
            named(metabase.objects.dashboards, "Data quality").put("archived", true);
            DashboardPlan plan = plan(metabase);
            assertThat(change(plan, "meter_curve").differences())
                    .extracting(Difference::property)
                    .containsExactly("sql", "template tag meters", "visualization settings");
            assertThat(change(plan, "settlement").differences())
                    .extracting(Difference::property)
                    .containsExactly("parameter period", "tabs", "card of text or a link, added by hand");
            assertThat(change(plan, "meterlake").differences())
                    .containsExactly(new Difference("state", Words.ARCHIVED, ""));
            assertThat(change(plan, "data_quality").differences())
                    .containsExactly(new Difference("state", Words.ARCHIVED, ""));
            apply(metabase, FILES);
            assertThat(plan(metabase).steps()).isEmpty();
        }
    }

    @Test
    void findsAFilterThatWasMadeRequiredLinkedToAnotherOrFedByAnotherCard() throws IOException {
        for (String tag : List.of("v0.50.3", "v1.57.2", NEW)) {
            try (FakeMetabase metabase = new FakeMetabase(tag, COLUMNS)) {
                apply(metabase, FILES);
                ArrayNode filters = (ArrayNode)
                        named(metabase.objects.dashboards, "Meter explorer").path("parameters");
                int theirs = addCard(metabase);
                ((ObjectNode) filters.get(0)).putArray("filteringParameters").add(filters.at("/2/id"));
                ((ObjectNode) filters.at("/2/values_source_config")).put("card_id", theirs);
                ((ObjectNode) filters.get(3)).put("required", true);
                ((ObjectNode) filters.get(4))
                        .put("values_source_type", "card")
                        .putObject("values_source_config")
                        .put("card_id", theirs)
                        .putArray("value_field")
                        .add("field")
                        .add("utility");
                assertThat(change(plan(metabase), "meter_explorer").differences())
                        .as(tag)
                        .extracting(Difference::property, Difference::onServer)
                        .containsExactly(
                                tuple(
                                        "parameter meters",
                                        "string/= \"Meters\", values from card meters, column meter_id, limited by channel"),
                                tuple(
                                        "parameter channel",
                                        "string/= \"Channel\", values from card another one (id 900), column channel"),
                                tuple(
                                        "parameter granularity",
                                        "string/= \"Granularity\", default auto, one of auto | 15 min | hour | day | month, required"),
                                tuple(
                                        "parameter known_on",
                                        "date/single \"As known on\", values from card another one (id 900), column utility"));
                assertThat(change(plan(metabase), "meter_explorer").cause()).isEqualTo(Cause.EDITED_BY_HAND);
                apply(metabase, FILES);
                assertThat(plan(metabase).steps()).isEmpty();
            }
        }
    }

    private static int addCard(FakeMetabase metabase) {
        ObjectNode card = named(metabase.objects.cards, "Channels").deepCopy();
        metabase.objects.cards.put(
                900, card.put("id", 900).put("name", "Theirs").put("description", "mine"));
        return 900;
    }

    @Test
    void aCardWhoseFileIsGoneGoesToTheTrashAndComesBack() throws IOException {
        try (FakeMetabase metabase = applied()) {
            Dashboards fewer = FilesChanged.without(FILES, "rejected");
            assertThat(server(metabase, KEY).plan(fewer).steps())
                    .anySatisfy(step -> assertThat(step)
                            .isInstanceOfSatisfying(
                                    Step.Archive.class,
                                    archive -> assertThat(archive.found().key()).hasToString("card rejected")));
            int id =
                    named(metabase.objects.cards, "Rejected records").path("id").asInt();
            apply(metabase, fewer);
            assertThat(named(metabase.objects.cards, "Rejected records")
                            .path("archived")
                            .asBoolean())
                    .isTrue();
            assertThat(server(metabase, KEY).plan(fewer).steps()).isEmpty();
            apply(metabase, FILES);
            assertThat(plan(metabase).steps()).isEmpty();
            assertThat(named(metabase.objects.cards, "Rejected records")
                            .path("id")
                            .asInt())
                    .isEqualTo(id);
        }
    }

    @Test
    void whatItDidNotMakeStaysUntouched() throws IOException {
        try (FakeMetabase metabase = applied()) {
            FakeMetabaseObjects objects = metabase.objects;
            // A copy, with our line; one of the same name, without; one within our collection; another lake's.
            ObjectNode copy = named(objects.cards, "Reports").deepCopy();
            objects.cards.put(900, copy.put("id", 900).put("name", "Reports - duplicate"));
            objects.cards.put(
                    901,
                    copy.deepCopy()
                            .put("id", 901)
                            .put("name", "Rejected records")
                            .put("description", "mine"));
            objects.dashboards.put(
                    902,
                    named(objects.dashboards, "Settlement")
                            .deepCopy()
                            .put("id", 902)
                            .put(
                                    "description",
                                    "Kept as a file by Meterlake (connection Staging): dashboards/settlement.yml [0123456789ab]"));
            objects.collections.put(
                    903,
                    FakeMetabase.object().put("id", 903).put("name", "Theirs").put("archived", false));
            objects.cards.remove(named(objects.cards, "Rejected files", "Rejected records")
                    .path("id")
                    .asInt());
            String before = foreign(objects);

            DashboardPlan plan = plan(metabase);
            assertThat(plan.notes())
                    .anySatisfy(note -> assertThat(note).contains("card 900").contains("is a copy of our card reports"))
                    .anySatisfy(note -> assertThat(note).contains("card 901").contains("not made by Meterlake"));
            named(objects.cards, "Reports").put("display", "bar");
            apply(metabase, FILES);
            assertThat(plan(metabase).steps()).isEmpty();
            assertThat(foreign(objects)).isEqualTo(before);
        }
    }

    private static String foreign(FakeMetabaseObjects objects) {
        return "%s %s %s %s"
                .formatted(
                        objects.cards.get(900),
                        objects.cards.get(901),
                        objects.dashboards.get(902),
                        objects.collections.get(903));
    }

    @Test
    void aCollectionThatIsNoLongerInTheFilesStays() throws IOException {
        try (FakeMetabase metabase = applied()) {
            DashboardPlan plan = server(metabase, KEY).plan(new Dashboards(List.of(), List.of(), List.of()));
            assertThat(plan.steps())
                    .hasSize(FILES.cards().size() + FILES.dashboards().size());
            assertThat(plan.notes()).singleElement().asString().contains("collection meterlake");
        }
    }
}
