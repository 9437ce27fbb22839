package io.meterlake.dashboard.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Parameter;
import io.meterlake.dashboard.metabase.FakeMetabase.Failure;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back: what people do in Metabase becomes files. */
class DashboardExportTest extends OnAMetabase {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"v0.50.3", "v1.57.2", NEW})
    void aNewFolderGetsAllThatWasApplied(String tag) throws IOException {
        try (FakeMetabase metabase = new FakeMetabase(tag, COLUMNS)) {
            apply(metabase, FILES);
            DashboardExport export = server(metabase, KEY).export(folder.resolve("new"));
            assertThat(export.left()).isEmpty();
            assertThat(export.written())
                    .hasSize(1 + 2 * FILES.cards().size() + FILES.dashboards().size());
            Dashboards loaded = DashboardLoader.load(folder.resolve("new"));
            assertThat(server(metabase, KEY).plan(loaded).steps()).isEmpty();
            assertThat(server(metabase, KEY).plan(FILES).steps()).isEmpty();
        }
    }

    @Test
    void editsAndNewObjectsBecomeFilesAndNothingIsLeftToDo() throws IOException {
        try (FakeMetabase metabase = applied()) {
            copyFiles();
            edit(metabase);
            int id = addCardByHand(metabase).path("id").asInt();
            ((ArrayNode) named(metabase.objects.dashboards, "Settlement").path("dashcards"))
                    .addObject()
                    .put("id", 999)
                    .put("row", 50)
                    .put("col", 0)
                    .put("size_x", 6)
                    .put("size_y", 4)
                    .put("card_id", id);
            assertThat(server(metabase, KEY).exportPlan(folder).written())
                    .contains("cards/mine_2026.yml")
                    .doesNotContain("cards/files.yml");
            assertThat(folder.resolve("cards/mine_2026.yml")).doesNotExist();

            DashboardExport export = server(metabase, KEY).export(folder);
            assertThat(export.left()).isEmpty();
            assertThat(export.written())
                    .containsExactly(
                            "cards/mine_2026.sql",
                            "cards/mine_2026.yml",
                            "cards/reports.yml",
                            "dashboards/meter_explorer.yml",
                            "dashboards/settlement.yml");
            assertThat(export.taken()).singleElement().asString().contains("\"Mine, 2026\" is cards/mine_2026.yml");
            Dashboards loaded = DashboardLoader.load(folder);
            assertThat(loaded.card("reports").orElseThrow().display()).isEqualTo("bar");
            assertThat(server(metabase, KEY).plan(loaded).steps()).isEmpty();
            assertThat(metabase.objects.cards).hasSize(FILES.cards().size() + 1);
            assertThat(server(metabase, KEY).export(folder).written()).isEmpty();

            named(metabase.objects.cards, "Reports").put("display", "table");
            assertThat(server(metabase, KEY).export(folder).written())
                    .as("a second edit after an export")
                    .containsExactly("cards/reports.yml");
        }
    }

    @Test
    void whatFilesCannotSayIsNamedAndItsFileStays() throws IOException {
        try (FakeMetabase metabase = applied()) {
            copyFiles();
            Map<String, String> before = texts();
            ObjectNode settlement = named(metabase.objects.dashboards, "Settlement");
            ((ArrayNode) settlement.path("tabs")).addObject().put("id", 5).put("name", "Mine");
            ((ArrayNode) settlement.path("dashcards"))
                    .addObject()
                    .put("id", 999)
                    .put("row", 50)
                    .put("col", 0)
                    .put("size_x", 2)
                    .put("size_y", 2);
            ((ObjectNode) named(metabase.objects.dashboards, "Data quality").at("/parameters/0")).put("required", true);
            named(metabase.objects.cards, "Reports").put("display", "map");
            named(metabase.objects.cards, "Rejected records").put("archived", true);
            ObjectNode built = addCardByHand(metabase);
            ((ObjectNode) built.path("dataset_query")).remove("native");
            metabase.objects.collections.put(
                    903,
                    FakeMetabase.object()
                            .put("id", 903)
                            .put("name", "Inner")
                            .put("archived", false)
                            .put(
                                    "location",
                                    "/"
                                            + named(metabase.objects.collections, "Meterlake")
                                                    .path("id")
                                                    .asInt() + "/"));
            ((ObjectNode) named(metabase.objects.dashboards, "Meter explorer").at("/parameters/0"))
                    .putArray("filteringParameters")
                    .add("gone");
            metabase.failAt(0, Failure.BEFORE);
            DashboardExport export = server(metabase, KEY).export(folder);
            assertThat(export.written()).isEmpty();
            assertThat(export.left())
                    .anySatisfy(one -> assertThat(one)
                            .contains("dashboard \"Settlement\"")
                            .contains("tabs: 1 made by hand")
                            .contains("card of text or a link"))
                    .anySatisfy(one -> assertThat(one)
                            .contains("dashboard \"Data quality\"")
                            .contains("Days of the readings\", required"))
                    .anySatisfy(one -> assertThat(one)
                            .contains("dashboard \"Meter explorer\"")
                            .contains("limited by a parameter that is gone"))
                    .anySatisfy(one -> assertThat(one).contains("\"Reports\"").contains("'map' is none of"))
                    .anySatisfy(one -> assertThat(one).contains("card rejected is in Metabase's trash"))
                    .anySatisfy(
                            one -> assertThat(one).contains("\"Mine, 2026\"").contains("it has no SQL"))
                    .anySatisfy(one -> assertThat(one).contains("collection 903 \"Inner\""));
            assertThat(texts()).isEqualTo(before);
            assertThat(metabase.writes()).isEmpty();
        }
    }

    @Test
    void aFilterThatSomebodyFeedsFromACardOfTheirsIsTakenWithTheCard() throws IOException {
        try (FakeMetabase metabase = applied()) {
            copyFiles();
            int id = addCardByHand(metabase).path("id").asInt();
            ObjectNode filter = (ObjectNode)
                    named(metabase.objects.dashboards, "Data quality").at("/parameters/2");
            ((ObjectNode) filter.path("values_source_config")).put("card_id", id);
            assertThat(server(metabase, KEY).export(folder).left()).isEmpty();
            Dashboards loaded = DashboardLoader.load(folder);
            assertThat(loaded.dashboard("data_quality")
                            .orElseThrow()
                            .parameters()
                            .getLast()
                            .offered())
                    .contains(new Parameter.ValuesFrom("mine_2026", "utility"));
            assertThat(server(metabase, KEY).plan(loaded).steps()).isEmpty();
        }
    }

    @Test
    void aFileThatWasChangedItselfIsNotOverwritten() throws IOException {
        try (FakeMetabase metabase = applied()) {
            copyFiles();
            named(metabase.objects.cards, "Reports").put("display", "bar");
            Path file = folder.resolve("cards/reports.yml");
            Files.writeString(file, Files.readString(file).replace("name: Reports", "name: All reports"));
            Map<String, String> before = texts();
            DashboardExport export = server(metabase, KEY).export(folder);
            assertThat(export.left())
                    .singleElement()
                    .asString()
                    .contains("its file was changed, and it was edited by hand in Metabase; its file is not touched");
            assertThat(texts()).isEqualTo(before);
        }
    }

    /** The files are there, the marks of some are not. */
    @Test
    void anExportThatFailedHalfWayGoesOn() throws IOException {
        for (int call = 1; call <= 3; call++) {
            for (Failure how : Failure.values()) {
                try (FakeMetabase metabase = applied()) {
                    copyFiles();
                    edit(metabase);
                    addCardByHand(metabase);
                    metabase.failAt(call, how);
                    assertThatThrownBy(() -> server(metabase, KEY).export(folder))
                            .isInstanceOf(MeterlakeException.class);
                    metabase.failAt(0, how);
                    assertThat(server(metabase, KEY).export(folder).left()).isEmpty();
                    Dashboards loaded = DashboardLoader.load(folder);
                    assertThat(server(metabase, KEY).plan(loaded).steps()).isEmpty();
                    assertThat(loaded.cards()).hasSize(FILES.cards().size() + 1);
                    Files.delete(folder.resolve("cards/mine_2026.yml"));
                    Files.delete(folder.resolve("cards/mine_2026.sql"));
                }
            }
        }
    }

    private static void edit(FakeMetabase metabase) {
        named(metabase.objects.cards, "Reports").put("display", "bar").put("description", "Edited: by hand");
        ObjectNode explorer = named(metabase.objects.dashboards, "Meter explorer");
        ((ObjectNode) explorer.at("/dashcards/1")).put("col", 6).put("size_x", 12);
        mark(metabase, "Reports");
    }

    /** People edit the text above our line. */
    private static void mark(FakeMetabase metabase, String name) {
        ObjectNode card = named(metabase.objects.cards, name);
        String applied = WantedStates.of(FILES).stream()
                .filter(state -> state.key().toString().equals("card reports"))
                .findFirst()
                .orElseThrow()
                .fingerprint();
        card.put(
                "description",
                new Marker("Meterlake", new ObjectKey(Kind.CARD, "reports"), applied)
                        .append(card.path("description").asText()));
    }

    /** A question with a filter, saved in our collection. */
    private static ObjectNode addCardByHand(FakeMetabase metabase) {
        ObjectNode card = named(metabase.objects.cards, "Rejected records").deepCopy();
        card.put("id", 900).put("name", "Mine, 2026").putNull("description").put("archived", false);
        ObjectNode settings = card.putObject("visualization_settings");
        settings.putObject("column_settings").putObject("[\"name\",\"share\"]").put("scale", 0.5);
        metabase.objects.cards.put(900, card);
        return card;
    }

    private void copyFiles() throws IOException {
        Path from = Path.of("../metabase");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(path).toString());
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(path));
            }
        }
    }

    private Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return texts;
    }
}
