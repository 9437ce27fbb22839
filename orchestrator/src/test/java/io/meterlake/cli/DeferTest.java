package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.project.TestProject;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is tried in a schema of its own: what did not change is read where production has it. */
class DeferTest {
    @TempDir
    private Path folder;

    private TestProject project;
    private String lake = "";
    private String production = "";
    private String trial = "";

    @BeforeEach
    void buildProduction() throws IOException {
        lake = SharedStack.get().newSchema("defer") + "_lake";
        production = SharedStack.get().newSchema("production");
        trial = SharedStack.get().newSchema("trial");
        project = new TestProject(folder.resolve("sql-models"))
                .takingSchemasAsTheyAre()
                .file(
                        "dbt_project.yml",
                        "name: shop\nmodels:\n  +schema: \"{{ var('place') }}\"\nvars: {place: %s}\n"
                                .formatted(production))
                .model("days", "{{ config(materialized='table') }}select x from (values 1, 2) as t (x)")
                .model("total", "select sum(x) as x from {{ ref('days') }}")
                .file("tests/assert_positive.sql", "select x from {{ ref('total') }} where x < 0\n");
        CommandRun build = run("build");
        assertThat(build.status()).as(build.err()).isZero();
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.copy(project.folder().resolve("target/manifest.json"), state.resolve("manifest.json"));
    }

    private CommandRun run(String... arguments) {
        return CommandRun.onStack(
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + lake), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private CommandRun trial(String command, String... more) {
        return run(Stream.concat(
                        Stream.of(command, "--vars", "{place: " + trial + "}", "--state", "state"), Stream.of(more))
                .toArray(String[]::new));
    }

    private List<String> total(String schema) {
        return SharedStack.get()
                .trino()
                .rows("select x from hive." + schema + ".total")
                .firstColumn();
    }

    @Test
    void buildsOnlyWhatChangedAndReadsTheRestElsewhere() {
        project.model("total", "select sum(x) * 10 as x from {{ ref('days') }}");
        CommandRun without = trial("build", "--select", "state:modified.body");
        assertThat(without.status()).as("days are not in the trial's schema").isEqualTo(1);

        CommandRun build = trial("build", "--select", "state:modified.body", "--defer");
        assertThat(build.status()).as(build.err()).isZero();
        assertThat(build.err()).contains("Beginning to build 2 nodes");
        assertThat(total(trial)).containsExactly("30");
        assertThat(total(production)).containsExactly("3");
        CommandRun test = trial("test", "--defer");
        assertThat(test.status()).as(test.err()).isZero();

        project.model("days", "{{ config(materialized='table') }}select x from (values 5) as t (x)");
        assertThat(trial("run", "--select", "days").status()).isZero();
        assertThat(trial("run", "--select", "total", "--defer").status()).isZero();
        assertThat(total(trial)).as("what is here goes first").containsExactly("50");
        assertThat(trial("run", "--select", "total", "--defer", "--favor-state").status())
                .isZero();
        assertThat(total(trial)).as("unless told").containsExactly("30");
    }

    @Test
    void hasNothingToDoWhereNothingChanged() {
        CommandRun build = run("build", "--select", "state:modified+", "--state", "state");
        assertThat(build.status()).as(build.err()).isZero();
        assertThat(build.err()).contains("nothing to do");
        assertThat(run("build", "--select", "total", "--state", "state", "--favor-state")
                        .err())
                .contains("--favor-state: it says how to --defer");
        assertThat(run("build", "--defer").status()).isEqualTo(2);
    }
}
