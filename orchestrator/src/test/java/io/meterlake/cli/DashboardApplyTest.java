package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.dashboard.metabase.FakeMetabase;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dashboard plan|apply|sync} as people and scripts run them. */
class DashboardApplyTest {
    private static final List<String> COLUMNS = List.of("marts.daily.meter_id");

    @TempDir
    private Path folder;

    @Test
    void planSaysWithItsExitCodeWhetherThereIsAnythingToDo() throws IOException {
        write("select 1\nfrom hive.marts.daily\nwhere {{meters}}\norder by 1");
        try (FakeMetabase metabase = new FakeMetabase("v0.57.3", COLUMNS)) {
            CommandRun plan = run(metabase, "dashboard", "plan", "--path", ".");
            assertThat(plan.status()).as(plan.err()).isEqualTo(5);
            assertThat(plan.out()).isEqualTo("""
                            + connection Meterlake to trino.local:8080, catalog hive, as meterlake
                            + collection main "Main"
                            + card curve "Curve"
                            + dashboard one "One"
                            Metabase v0.57.3: 4 to create, 0 to change, 0 to archive
                            """);
            CommandRun apply = run(metabase, "dashboard", "apply", "--path", ".");
            assertThat(apply.status()).as(apply.err()).isZero();
            assertThat(apply.out()).isEqualTo("Metabase v0.57.3: 4 created, 0 changed, 0 archived\n");
            assertThat(apply.err()).contains("+ card curve \"Curve\"");
            CommandRun again = run(metabase, "dashboard", "plan", "--path", ".");
            assertThat(again.status()).as(again.out()).isZero();
            assertThat(again.out()).isEqualTo("Metabase v0.57.3 is as the files say\n");

            write("select 2\nfrom hive.marts.daily\nwhere {{meters}}\norder by 1");
            CommandRun changed = run(metabase, "dashboard", "plan", "--path", ".");
            assertThat(changed.status()).isEqualTo(5);
            assertThat(changed.out()).isEqualTo("""
                            ~ card curve "Curve": its file was changed
                                sql:
                                  - select 1
                                  + select 2
                                    from hive.marts.daily
                                    …
                            Metabase v0.57.3: 0 to create, 1 to change, 0 to archive
                            """);
            CommandRun json = run(metabase, "dashboard", "plan", "--path", ".", "--output", "json");
            assertThat(json.status()).isEqualTo(5);
            assertThat(JsonDocuments.tree(json.out())
                            .at("/steps/0/differences/0/property")
                            .asText())
                    .isEqualTo("sql");
            assertThat(run(metabase, "dashboard", "sync").status()).isZero();
        }
    }

    @Test
    void exportSaysWhatItWroteAndLeft() throws IOException {
        write("select 1 from hive.marts.daily where {{meters}}");
        try (FakeMetabase metabase = new FakeMetabase("v0.63.1", COLUMNS)) {
            assertThat(run(metabase, "dashboard", "export", "--path", "new").err())
                    .contains("Cannot export: Metabase has no connection Meterlake");
            assertThat(run(metabase, "dashboard", "apply", "--path", ".").status())
                    .isZero();
            assertThat(run(metabase, "dashboard", "export", "--path", ".").out())
                    .isEqualTo("The files are as Metabase v0.63.1\n");
            CommandRun dry = run(metabase, "dashboard", "export", "--path", "new", "--dry-run");
            assertThat(dry.out()).startsWith("would write cards/curve.sql\n");
            assertThat(folder.resolve("new")).doesNotExist();
            CommandRun export = run(metabase, "dashboard", "export", "--path", "new");
            assertThat(export.status()).as(export.err()).isZero();
            assertThat(export.out()).isEqualTo("""
                            wrote cards/curve.sql
                            wrote cards/curve.yml
                            wrote collections.yml
                            wrote dashboards/one.yml
                            """);
            assertThat(Files.readString(folder.resolve("new/dashboards/one.yml")))
                    .contains("- {slug: meters, name: Meters, type: string/=}");
            assertThat(run(metabase, "dashboard", "plan", "--path", "new").status())
                    .isZero();
            Files.delete(folder.resolve("dashboards/one.yml"));
            CommandRun left = run(metabase, "dashboard", "export", "--path", ".", "--output", "json");
            assertThat(left.status()).isEqualTo(5);
            assertThat(JsonDocuments.tree(left.out()).at("/left/0").asText())
                    .contains("dashboard one: its file is gone here");
        }
    }

    @Test
    void takesCredentialsFromAFileThatOnlyItsOwnerReads() throws IOException {
        write("select 1 from hive.marts.daily where {{meters}}");
        Path file = Files.writeString(folder.resolve("metabase.secret"), "api_key: " + FakeMetabase.API_KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (FakeMetabase metabase = new FakeMetabase("v0.57.3", COLUMNS)) {
            CommandRun refused = withFile(metabase);
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("others than its owner may open it")
                    .contains("chmod 600");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(withFile(metabase).status()).isEqualTo(5);
            Files.writeString(file, "apikey: " + FakeMetabase.API_KEY + "\n");
            assertThat(withFile(metabase).err())
                    .contains("unknown key apikey in the credentials; did you mean 'api_key'?")
                    .doesNotContain(FakeMetabase.API_KEY);
        }
    }

    private CommandRun withFile(FakeMetabase metabase) {
        return CommandRun.in(
                folder,
                Map.of(
                        "METERLAKE_METABASE_URL", metabase.uri().toString(),
                        "METERLAKE_METABASE_CREDENTIALS", "metabase.secret",
                        "METERLAKE_TRINO_URL", "http://trino.local:8080"),
                "dashboard",
                "plan",
                "--path",
                ".");
    }

    @Test
    void saysWhatIsNotSet() throws IOException {
        write("select 1 from hive.marts.daily where {{meters}}");
        assertThat(CommandRun.offline(folder, "dashboard", "plan", "--path", ".")
                        .err())
                .contains("metabase.url is not set");
        assertThat(CommandRun.in(
                                folder,
                                Map.of(
                                        "METERLAKE_METABASE_URL", "http://127.0.0.1:9",
                                        "METERLAKE_TRINO_URL", "http://trino.local:8080"),
                                "dashboard",
                                "plan",
                                "--path",
                                ".")
                        .err())
                .contains("there is no API key, and no user with a password")
                .contains("METERLAKE_METABASE_API_KEY");
    }

    private CommandRun run(FakeMetabase metabase, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("METERLAKE_METABASE_URL", metabase.uri() + "/");
        environment.put("METERLAKE_METABASE_API_KEY", FakeMetabase.API_KEY);
        environment.put("METERLAKE_TRINO_URL", "http://trino.local:8080");
        return CommandRun.in(folder, environment, arguments);
    }

    private void write(String sql) throws IOException {
        write("collections.yml", "collections:\n  - {slug: main, name: Main}\n");
        write("cards/curve.sql", sql);
        write("cards/curve.yml", """
                name: Curve
                collection: main
                display: table
                shows: live
                template_tags:
                  meters: {type: dimension, dimension: hive.marts.daily.meter_id, widget_type: string/=}
                """);
        write("dashboards/one.yml", """
                name: One
                collection: main
                parameters: [{slug: meters, name: Meters, type: string/=}]
                dashcards:
                  - {card: curve, row: 0, col: 0, size_x: 8, size_y: 4, parameter_mappings: [{parameter: meters, tag: meters}]}
                """);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
