package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.error.ExitCode;
import io.meterlake.project.TestProject;
import io.meterlake.testing.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionCommandTest {
    @TempDir
    private Path folder;

    private final String schema = SharedStack.get().newSchema("retentioncommand");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void plansAndAppliesAPolicy() throws IOException {
        new TestProject(folder.resolve("project")).file("dbt_project.yml", "name: tiny\n");
        Files.writeString(folder.resolve("retention.yml"), "snapshots:\n  manual: {keep: 0 days, keep_at_least: 1}\n");
        run("snapshot", "create");
        run("snapshot", "create");
        List<String> ids = run("snapshot", "list")
                .lines()
                .map(line -> line.substring(0, 17))
                .toList();
        assertThat(ids).hasSize(2);

        assertThat(run("retention", "plan", "--output", "json"))
                .contains("\"applied\" : false", "\"snapshot_id\" : \"" + ids.getFirst() + "\"");
        assertThat(run("retention", "apply", "--clean"))
                .contains("dropped " + ids.getFirst(), "nothing needs it")
                .contains("keep    " + ids.getLast(), "it is the newest of kind 'manual'")
                .contains("1 of 2 snapshots are kept")
                .contains("cleaned meter_readings: 0 files, 0 B freed");
        assertThat(run("snapshot", "list")).contains(ids.getLast()).doesNotContain(ids.getFirst());
        assertThat(run("snapshot", "drop", ids.getLast())).contains("Dropped snapshot " + ids.getLast());
    }

    @Test
    void endsWithTwoWhereThePolicyIsWrong() throws IOException {
        Files.writeString(folder.resolve("other.yml"), "snapshots: {manuel: {keep: 1 day}}\n");
        assertThat(execute("retention", "plan", "--policy", "other.yml")).isEqualTo(ExitCode.USAGE.status());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("other.yml:1: unknown key manuel in snapshots; did you mean 'manual'?", "Fix: ");
    }

    private String run(String... arguments) {
        out.reset();
        assertThat(execute(arguments))
                .as(() -> err.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private int execute(String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        Map<String, String> environment = Map.of(
                "METERLAKE_TRINO_URL",
                SharedStack.get().trinoUri().toString(),
                "METERLAKE_METASTORE_URI",
                SharedStack.get().metastoreUri().toString(),
                "METERLAKE_LAKE_DATABASE",
                schema + "_lake",
                "METERLAKE_LAKE_PATH",
                "lake",
                "METERLAKE_MODELS_PATH",
                "project");
        CommandContext context = new CommandContext(console, environment, folder, folder, Clock.systemUTC());
        return CommandLineFactory.create(context).execute(arguments);
    }
}
