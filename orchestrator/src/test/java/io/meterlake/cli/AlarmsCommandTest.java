package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.report.ReportLake;
import io.meterlake.testing.HookServer;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that bring up alarms, and the one that looks for them, with a webhook on 127.0.0.1. */
class AlarmsCommandTest {
    @TempDir
    private Path folder;

    private HookServer hook;

    @BeforeEach
    void start() throws IOException {
        hook = new HookServer();
    }

    @AfterEach
    void stop() {
        hook.close();
    }

    private CommandRun offline(String... arguments) {
        return CommandRun.in(
                folder, Map.of("METERLAKE_NOTIFY_WEBHOOK_URL", hook.url().toString()), arguments);
    }

    private CommandRun onLake(ReportLake lake, String... arguments) {
        List<String> line = new ArrayList<>();
        Map.of(
                        "trino.url", SharedStack.get().trinoUri().toString(),
                        "metastore.uri", SharedStack.get().metastoreUri().toString(),
                        "lake.path", "lake",
                        "lake.database", lake.schema + "_lake",
                        "models.path", "project",
                        "runs.path", "runs",
                        "reports.path", "reports")
                .forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        line.addAll(List.of(arguments));
        return offline(line.toArray(String[]::new));
    }

    @Test
    void aRunThatFailsIsToldOnceAndAgainAfterItWentWell() throws IOException {
        assertThat(offline("report", "list").status()).isEqualTo(1);
        assertThat(offline("report", "list").status()).isEqualTo(1);
        assertThat(hook.texts())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith(
                                "Meterlake, failed-run: meterlake report list ended with 1\nCannot reach the servers")
                        .contains("Fix: Run `./meterlake stack up`")
                        .contains("`./meterlake runs show 20")
                        .endsWith("Runbook: docs/runbook.md#failed-run"));
        assertThat(CommandRun.in(
                                folder,
                                Map.of(
                                        "METERLAKE_NOTIFY_WEBHOOK_URL",
                                                hook.url().toString(),
                                        "METERLAKE_METASTORE_URI",
                                                SharedStack.get().metastoreUri().toString(),
                                        "METERLAKE_LAKE_DATABASE",
                                                SharedStack.get().newSchema("alarms") + "_lake"),
                                "report",
                                "list")
                        .status())
                .isZero();
        offline("report", "list");
        assertThat(hook.texts()).hasSize(2);
    }

    @Test
    void aLakeThatCannotBeReadIsToldUntilItCan() throws IOException {
        CommandRun down = offline("alarms");
        assertThat(down.status()).isEqualTo(1);
        assertThat(down.out()).contains("failed-run     since ").contains("the lake cannot be read");
        assertThat(offline("alarms").status()).isEqualTo(1);
        assertThat(hook.texts()).hasSize(1);
        try (ReportLake lake = new ReportLake(folder, 0)) {
            Files.createDirectories(folder.resolve("runs"));
            Files.copy(folder.resolve(".meterlake/runs/incidents.state"), folder.resolve("runs/incidents.state"));
            assertThat(onLake(lake, "alarms").out()).isEqualTo("No alarm.\n");
        }
    }

    @Test
    void aHookThatIsDownFailsNoCommandAndItsAddressIsNowhere() throws IOException {
        hook.answer(503);
        CommandRun run = offline("report", "list");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("Cannot send the alarm failed-run to the webhook: it answered 503")
                .doesNotContain("secret");
        String id = new ObjectMapper()
                .readTree(CommandRun.offline(folder, "runs", "list", "--output", "json")
                        .out())
                .at("/runs/0/id")
                .asText();
        assertThat(CommandRun.offline(folder, "runs", "show", id).out())
                .contains("it answered 503")
                .doesNotContain("/services/secret");
        assertThat(offline("config", "show").out())
                .contains("notify.webhook.url")
                .contains("***")
                .doesNotContain("/services/secret");
    }

    @Test
    void theAddressIsForNobodyElsesEyes() throws IOException {
        CommandRun flag = CommandRun.offline(
                folder, "--set", "notify.webhook.url=" + hook.url(), "--set", "log.format=xml", "config", "show");
        assertThat(flag.status()).isEqualTo(2);
        assertThat(flag.err())
                .contains("notify.webhook.url is a secret and not for a command line")
                .contains("set METERLAKE_NOTIFY_WEBHOOK_URL")
                .doesNotContain("/services/secret");
        Path file =
                Files.writeString(folder.resolve("meterlake.yml"), "notify: {webhook: {url: '" + hook.url() + "'}}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(CommandRun.offline(folder, "config", "show").err())
                .contains("others than the owner may read the file; chmod 600 it");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(CommandRun.offline(folder, "config", "show").status()).isZero();
        Files.delete(file);
        assertThat(CommandRun.in(folder, Map.of("METERLAKE_NOTIFY_WEBHOOK_URL", "hooks.slack/secret"), "config", "show")
                        .err())
                .contains("notify.webhook.url: it is no http address")
                .doesNotContain("secret\n");
    }

    @Test
    void findsLateFilesReportsThatWaitAndALineageThatWasChanged() throws IOException {
        try (ReportLake lake = new ReportLake(folder, 0)) {
            lake.ingest("1.csv", "2026-01-26T00:00:00Z", "M1 2026-01-25T10:00:00Z 1 actual");
            assertThat(onLake(lake, "alarms").out()).isEqualTo("No alarm.\n");

            Files.writeString(
                    folder.resolve("deliveries.yml"),
                    "utilities:\n  northgrid: {by: '06:00', time_zone: Europe/Berlin}\n");
            CommandRun late = onLake(lake, "alarms", "--output", "json");
            assertThat(late.status()).isEqualTo(3);
            JsonNode alarm = new ObjectMapper().readTree(late.out()).at("/alarms/0");
            assertThat(alarm.get("alarm").asText()).isEqualTo("late-file");
            assertThat(alarm.get("text").asText()).startsWith("Late: northgrid has sent 0 of 1 files for ");
            assertThat(alarm.get("sent").asBoolean()).isTrue();
            Files.delete(folder.resolve("deliveries.yml"));
            assertThat(onLake(lake, "alarms").status())
                    .as("nobody is late any more")
                    .isZero();

            lake.loadSeeds();
            CommandRun made = onLake(lake, "report", "run", "energy", "--period", "2026-01");
            assertThat(made.status()).as(made.err()).isZero();
            assertThat(hook.texts()).last().asString().startsWith("Meterlake, waiting-report: report energy-2026-01");
            assertThat(onLake(lake, "alarms").out())
                    .contains("waiting-report since ")
                    .contains("report sign");
            String id = "energy-2026-01-initial-001";
            assertThat(onLake(lake, "report", "sign", id, "--by", "clerk").status())
                    .isZero();
            assertThat(onLake(lake, "alarms").out()).isEqualTo("No alarm.\n");

            Path copy = lineage();
            String before = Files.readString(copy);
            Files.writeString(copy, before.replace("2026-01", "2026-02"));
            int told = hook.texts().size();
            assertThat(onLake(lake, "lineage", "verify").status()).isEqualTo(3);
            assertThat(onLake(lake, "alarms").out())
                    .contains("broken-lineage since ")
                    .doesNotContain("failed-run");
            assertThat(hook.texts()).as("whoever finds it first tells it").hasSize(told + 1);
            assertThat(hook.texts().getLast()).startsWith("Meterlake, broken-lineage: ");
            Files.writeString(copy, before);
            assertThat(onLake(lake, "alarms").out()).isEqualTo("No alarm.\n");
        }
    }

    private Path lineage() throws IOException {
        try (var files = Files.walk(folder.resolve("reports"))) {
            return files.filter(file -> file.getFileName().toString().equals("lineage.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
