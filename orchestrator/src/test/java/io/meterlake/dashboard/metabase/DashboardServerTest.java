package io.meterlake.dashboard.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import io.meterlake.dashboard.metabase.FakeMetabase.Failure;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of dashboards to a server, whatever comes between. */
class DashboardServerTest extends OnAMetabase {
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
                    .isEqualTo(1000 + COLUMNS.indexOf("marts.fct_readings_by_meter.meter_id"));
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
}
