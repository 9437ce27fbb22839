package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Meterlake's own dashboards on {@link FakeMetabase}, and what the tests do with both. */
abstract class OnAMetabase {
    static final Dashboards FILES = DashboardLoader.load(Path.of("../metabase"));
    static final List<String> COLUMNS = Fields.needed(FILES);
    static final Credentials KEY =
            Credentials.read(Map.of(Credentials.API_KEY, FakeMetabase.API_KEY), Optional.empty());
    static final Credentials USER = Credentials.read(
            Map.of(Credentials.USER, FakeMetabase.USER, Credentials.PASSWORD, FakeMetabase.PASSWORD), Optional.empty());
    static final String NEW = "v0.63.1";

    static final TrinoConnection TRINO =
            TrinoConnection.of("Meterlake", URI.create("http://trino.local:8080"), "meterlake");
    static final SyncWait WAIT = new SyncWait(Duration.ofMillis(1), 10);
    static final List<MetabaseClient> CLIENTS = new ArrayList<>();

    static DashboardServer server(FakeMetabase metabase, Credentials credentials) {
        return server(metabase, credentials, TRINO);
    }

    static DashboardServer server(FakeMetabase metabase, Credentials credentials, TrinoConnection trino) {
        MetabaseClient client = new MetabaseClient(metabase.uri());
        CLIENTS.add(client);
        return new DashboardServer(client, credentials, trino, WAIT);
    }

    @AfterEach
    void close() {
        CLIENTS.forEach(MetabaseClient::close);
        CLIENTS.clear();
    }

    static FakeMetabase applied() throws IOException {
        FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS);
        apply(metabase, FILES);
        return metabase;
    }

    static DashboardPlan plan(FakeMetabase metabase) {
        return server(metabase, KEY).plan(FILES);
    }

    static DashboardPlan apply(FakeMetabase metabase, Dashboards files) {
        return server(metabase, KEY).apply(files, step -> {});
    }

    static Step.Change change(DashboardPlan plan, String slug) {
        return plan.steps().stream()
                .filter(Step.Change.class::isInstance)
                .map(Step.Change.class::cast)
                .filter(step -> step.wanted().key().slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no change of " + slug + " in " + plan));
    }

    static ObjectNode named(Map<Integer, ObjectNode> all, String... names) {
        return all.values().stream()
                .filter(one -> List.of(names).contains(one.path("name").asText()))
                .findFirst()
                .orElseThrow();
    }
}
