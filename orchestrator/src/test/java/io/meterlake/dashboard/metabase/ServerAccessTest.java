package io.meterlake.dashboard.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import io.meterlake.dashboard.metabase.FakeMetabase.Failure;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may read and what is cached, as {@code server.yml} says. */
class ServerAccessTest extends OnAMetabase {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Failure.class)
    void groupsReadAndResultsAreKeptWhereverAnApplyFails(Failure how) throws IOException {
        Dashboards files = files("""
                groups:
                  - {name: Readers, reads: [main]}
                  - {name: All Users, create_queries: query-builder}
                cache: {multiplier: 10, min_duration_ms: 1000}
                """);
        for (int call = 1; call <= 8; call++) {
            try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
                metabase.failAt(call, how);
                assertThatThrownBy(() -> apply(metabase, files)).isInstanceOf(MeterlakeException.class);
                metabase.failAt(0, how);
                apply(metabase, files);
                assertThat(server(metabase, KEY).plan(files).steps())
                        .as("after call %s", call)
                        .isEmpty();
                FakeAccess access = metabase.objects.access;
                int collection = metabase.objects.collections.firstKey();
                int database = metabase.objects.databases.firstKey();
                assertThat(access.groups).hasSize(3);
                assertThat(access.collections.path("groups").toString())
                        .isEqualTo("{\"2\":{\"root\":\"write\"},\"3\":{\"%d\":\"read\"}}".formatted(collection));
                assertThat(access.data.at("/groups/3/" + database).toString())
                        .isEqualTo("{\"view-data\":\"unrestricted\"}");
                assertThat(access.cache.at("/data/0/strategy/multiplier").asInt())
                        .isEqualTo(10);
            }
        }
    }

    @Test
    void aRightThatWasChangedByHandIsFoundAndOthersStay() throws IOException {
        Dashboards files = files("groups: [{name: Readers, reads: [main]}]\n");
        try (FakeMetabase metabase = new FakeMetabase(NEW, COLUMNS)) {
            apply(metabase, files);
            FakeAccess access = metabase.objects.access;
            String collection = String.valueOf(metabase.objects.collections.firstKey());
            ObjectNode readers = (ObjectNode) access.collections.at("/groups/3");
            readers.put(collection, "write").put("77", "write");
            assertThat(server(metabase, KEY).plan(files).steps())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Step.Permit.class,
                            permit -> assertThat(permit.differences())
                                    .containsExactly(new Difference("collection main", "write", "read")));
            apply(metabase, files);
            assertThat(server(metabase, KEY).plan(files).steps()).isEmpty();
            assertThat(readers.path("77").asText()).isEqualTo("write");
        }
    }

    @Test
    void whatIsWrongInTheFileIsTold() {
        assertThatThrownBy(() -> files("""
                        groups: [{name: Readers, reads: [mian], create_queries: all}]
                        cache: {multiplier: 0, min_duration_ms: 1}
                        """))
                .hasMessageContaining("there is no collection mian; did you mean 'main'?")
                .hasMessageContaining("create_queries: 'all' is none of")
                .hasMessageContaining("multiplier: '0' is not a whole number of 1 or more");
    }

    private Dashboards files(String server) throws IOException {
        Files.createDirectories(folder.resolve("cards"));
        Files.createDirectories(folder.resolve("dashboards"));
        Files.writeString(folder.resolve("collections.yml"), "collections: [{slug: main, name: Main}]\n");
        Files.writeString(folder.resolve("server.yml"), server);
        return DashboardLoader.load(folder);
    }
}
