package io.meterlake.dashboard.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Cause;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import io.meterlake.dashboard.metabase.FakeMetabase.Failure;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meterlake's own dashboards on {@link FakeMetabase}. */
class DashboardServerTest {
    private static final Dashboards FILES = DashboardLoader.load(Path.of("../metabase"));
    private static final List<String> COLUMNS = Fields.needed(FILES);
    private static final Credentials KEY =
            Credentials.read(Map.of(Credentials.API_KEY, FakeMetabase.API_KEY), Optional.empty());
    private static final Credentials USER = Credentials.read(
            Map.of(Credentials.USER, FakeMetabase.USER, Credentials.PASSWORD, FakeMetabase.PASSWORD), Optional.empty());
    private static final String NEW = "v0.63.1";

    @ParameterizedTest
    @ValueSource(strings = {"v0.50.3", "v0.55.12", "v1.57.2", "v0.60.0", NEW})
    void nothingIsLeftToDoAfterAnApply(String tag) throws IOException {
        try (FakeMetabase metabase = new FakeMetabase(tag, COLUMNS)) {
            DashboardPlan first = plan(metabase);
            assertThat(first.steps())
                    .hasSize(1
                            + FILES.collections().size()
                            + FILES.cards().size()
                            + FILES.dashboards().size());
            assertThat(apply(metabase, FILES).steps()).hasSameSizeAs(first.steps());
            assertThat(plan(metabase).steps()).isEmpty();
            metabase.failAt(0, Failure.BEFORE);
            assertThat(apply(metabase, FILES).steps()).isEmpty();
            assertThat(metabase.writes()).as("calls that change something").isEmpty();
        }
    }

    @Test
    void cardsAndDashboardsArriveWhole() throws IOException {
        try (FakeMetabase metabase = applied()) {
            ObjectNode curve = named(metabase.objects.cards, "Energy of the chosen meters");
            JsonNode query = curve.path("dataset_query").path("native");
            assertThat(query.path("query").asText()).contains("{{meters}}");
            assertThat(query.at("/template-tags/meters/type").asText()).isEqualTo("dimension");
            assertThat(query.at("/template-tags/meters/dimension/1").asInt())
                    .isEqualTo(1000 + COLUMNS.indexOf("marts.fct_readings.meter_id"));
            assertThat(curve.path("description").asText())
                    .contains("Shows provisional numbers")
                    .contains("Kept as a file by Meterlake (connection Meterlake): cards/meter_curve.yml [");
            ObjectNode explorer = named(metabase.objects.dashboards, "Meter explorer");
            assertThat(explorer.path("dashcards"))
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.path("id").asInt()).isPositive());
            JsonNode granularity = explorer.path("parameters").path(3);
            assertThat(granularity.at("/values_source_config/values")).hasSize(5);
            assertThat(explorer.at("/dashcards/0/parameter_mappings/3/target").toString())
                    .isEqualTo("[\"variable\",[\"template-tag\",\"granularity\"]]");
            assertThat(explorer.at("/dashcards/0/parameter_mappings/3/parameter_id"))
                    .isEqualTo(granularity.path("id"));
            assertThat(explorer.at("/dashcards/0/parameter_mappings/0/target").toString())
                    .isEqualTo("[\"dimension\",[\"template-tag\",\"meters\"]]");
        }
    }

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
                            new Difference("card freshness", "row 9, column 6, 12 × 3", "row 9, column 0, 24 × 3"));
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

    /** Killed or refused at each call in turn, over and over, until nothing is left to do. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void convergesWhereverAnApplyFails(Failure how) throws IOException {
        Dashboards few = FilesChanged.only(FILES, "settlement");
        int calls;
        try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
            apply(metabase, few);
            calls = metabase.writes().size();
        }
        assertThat(calls)
                .as("connection and its description, collection, sync, cards, two for the dashboard")
                .isEqualTo(6 + few.cards().size());
        for (int call = 1; call <= calls; call++) {
            try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
                metabase.failAt(call, how);
                assertThatThrownBy(() -> apply(metabase, few))
                        .isInstanceOf(MeterlakeException.class)
                        .hasMessageStartingWith("Cannot ");
                metabase.failAt(0, how);
                apply(metabase, few);
                assertThat(server(metabase, KEY).plan(few).steps())
                        .as("after call %s", call)
                        .isEmpty();
                assertThat(metabase.objects.cards).hasSameSizeAs(few.cards());
                assertThat(metabase.objects.dashboards).hasSize(1);
                assertThat(metabase.objects.collections).hasSize(1);
                assertThat(metabase.objects.databases).hasSize(1);
            }
        }
    }

    /** The same for changes of what is there already. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void convergesWhereverAChangeFails(Failure how) throws IOException {
        for (int call = 1; call <= 5; call++) {
            try (FakeMetabase metabase = applied()) {
                edit(metabase);
                metabase.failAt(call, how);
                assertThatThrownBy(() -> apply(metabase, FilesChanged.without(FILES, "rejected")))
                        .isInstanceOf(MeterlakeException.class);
                metabase.failAt(0, how);
                apply(metabase, FilesChanged.without(FILES, "rejected"));
                assertThat(server(metabase, KEY)
                                .plan(FilesChanged.without(FILES, "rejected"))
                                .steps())
                        .isEmpty();
            }
        }
    }

    private static void edit(FakeMetabase metabase) {
        named(metabase.objects.cards, "Reports").put("display", "bar");
        named(metabase.objects.dashboards, "Settlement").put("archived", true);
        ((ArrayNode) named(metabase.objects.dashboards, "Meter explorer").path("dashcards")).remove(0);
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

    @Test
    void setsUpANewServerWithItsToken() throws IOException {
        try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
            metabase.makeNew();
            assertThat(server(metabase, USER).plan(FILES).steps().getFirst())
                    .isInstanceOf(Step.FirstUser.class)
                    .asString()
                    .doesNotContain(FakeMetabase.SETUP_TOKEN);
            assertThatThrownBy(() -> plan(metabase)).hasMessageContaining("it has no user yet, and no API key either");
            server(metabase, USER).apply(FILES, step -> {});
            assertThat(server(metabase, USER).plan(FILES).steps()).isEmpty();
        }
    }

    @Test
    void aNewServerWhoseSetUpAnswerWasLostGoesOn() throws IOException {
        try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
            metabase.makeNew();
            metabase.failAt(1, Failure.AFTER);
            assertThatThrownBy(() -> server(metabase, USER).apply(FILES, step -> {}))
                    .hasMessageContaining("Cannot reach Metabase");
            server(metabase, USER).apply(FILES, step -> {});
            assertThat(server(metabase, USER).plan(FILES).steps()).isEmpty();
        }
    }

    @Test
    void theConnectionFollowsTheSettingsAndKeepsItsPassword() throws IOException {
        try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
            Credentials withTrino = Credentials.read(
                    Map.of(Credentials.API_KEY, FakeMetabase.API_KEY, Credentials.TRINO_PASSWORD, "of-trino"),
                    Optional.empty());
            server(metabase, withTrino).apply(FILES, step -> {});
            ObjectNode database = metabase.objects.databases.firstEntry().getValue();
            assertThat(database.at("/details/password").asText()).isEqualTo("of-trino");
            TrinoConnection moved = TrinoConnection.of("Meterlake", URI.create("https://trino.example:443"), "bi");
            DashboardServer server = server(metabase, KEY, moved);
            assertThat(server.plan(FILES).steps())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Step.ChangeConnection.class,
                            change -> assertThat(change.differences())
                                    .extracting(Difference::property)
                                    .containsExactly("host", "port", "ssl", "user"));
            server.apply(FILES, step -> {});
            assertThat(server.plan(FILES).steps()).isEmpty();
            assertThat(database.at("/details/host").asText()).isEqualTo("trino.example");
            assertThat(database.at("/details/password").asText()).isEqualTo("of-trino");

            database.put("description", "made by hand");
            assertThatThrownBy(() -> plan(metabase))
                    .hasMessageContaining("Meterlake did not make it")
                    .hasMessageContaining("host 'trino.example' instead of 'trino.local'");
            database.put("engine", "postgres");
            assertThatThrownBy(() -> plan(metabase)).hasMessageContaining("its driver is postgres, not starburst");
        }
    }

    @Test
    void saysWhichColumnsMetabaseHasNotFound() throws IOException {
        List<String> fewer = COLUMNS.stream()
                .filter(name -> !name.startsWith("marts.fct_settlement."))
                .toList();
        try (FakeMetabase metabase = new FakeMetabase(NEW, fewer)) {
            assertThatThrownBy(() -> apply(metabase, FILES))
                    .isInstanceOfSatisfying(
                            MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(MetabaseErrorCode.NOT_SYNCED))
                    .hasMessageContaining("marts.fct_settlement.partner_id");
        }
    }

    @Test
    void saysWhatIsWrongWithTheServer() throws IOException {
        URI gone;
        try (FakeMetabase metabase = new FakeMetabase("v0.49.20", COLUMNS)) {
            gone = metabase.uri();
            refused(metabase, KEY, MetabaseErrorCode.METABASE_TOO_OLD, "Cannot use Metabase v0.49.20");
        }
        try (MetabaseClient client = new MetabaseClient(gone)) {
            assertThatThrownBy(() -> new DashboardServer(client, KEY, TRINO, WAIT).plan(FILES))
                    .hasMessageContaining("Cannot reach Metabase at " + gone);
        }
        try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
            Credentials wrongKey = Credentials.read(Map.of(Credentials.API_KEY, "mb_wrong"), Optional.empty());
            refused(metabase, wrongKey, MetabaseErrorCode.LOGIN_REFUSED, "Unauthenticated");
            Credentials wrongPassword = Credentials.read(
                    Map.of(Credentials.USER, FakeMetabase.USER, Credentials.PASSWORD, "no"), Optional.empty());
            refused(metabase, wrongPassword, MetabaseErrorCode.LOGIN_REFUSED, "did not match stored password");
        }
    }

    private static void refused(FakeMetabase metabase, Credentials with, MetabaseErrorCode code, String message) {
        assertThatThrownBy(() -> server(metabase, with).plan(FILES))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static final TrinoConnection TRINO =
            TrinoConnection.of("Meterlake", URI.create("http://trino.local:8080"), "meterlake");
    private static final SyncWait WAIT = new SyncWait(Duration.ofMillis(1), 10);
    private static final List<MetabaseClient> CLIENTS = new ArrayList<>();

    private static DashboardServer server(FakeMetabase metabase, Credentials credentials) {
        return server(metabase, credentials, TRINO);
    }

    private static DashboardServer server(FakeMetabase metabase, Credentials credentials, TrinoConnection trino) {
        MetabaseClient client = new MetabaseClient(metabase.uri());
        CLIENTS.add(client);
        return new DashboardServer(client, credentials, trino, WAIT);
    }

    @AfterEach
    void close() {
        CLIENTS.forEach(MetabaseClient::close);
        CLIENTS.clear();
    }

    private static FakeMetabase applied() throws IOException {
        FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS);
        apply(metabase, FILES);
        return metabase;
    }

    private static DashboardPlan plan(FakeMetabase metabase) {
        return server(metabase, KEY).plan(FILES);
    }

    private static DashboardPlan apply(FakeMetabase metabase, Dashboards files) {
        return server(metabase, KEY).apply(files, step -> {});
    }

    private static Step.Change change(DashboardPlan plan, String slug) {
        return plan.steps().stream()
                .filter(Step.Change.class::isInstance)
                .map(Step.Change.class::cast)
                .filter(step -> step.wanted().key().slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no change of " + slug + " in " + plan));
    }

    private static ObjectNode named(Map<Integer, ObjectNode> all, String... names) {
        return all.values().stream()
                .filter(one -> List.of(names).contains(one.path("name").asText()))
                .findFirst()
                .orElseThrow();
    }
}
