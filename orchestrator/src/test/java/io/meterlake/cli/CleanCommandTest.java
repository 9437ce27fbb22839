package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanCommandTest {
    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("sql-models"));
        Files.createDirectories(project.resolve("models"));
        Files.writeString(project.resolve("models/one.sql"), "select 1 as x");
        Files.createDirectories(project.resolve("target/compiled"));
        Files.writeString(project.resolve("target/compiled/one.sql"), "select 1");
    }

    private void settings(String more) throws IOException {
        Files.writeString(project.resolve("dbt_project.yml"), "name: shop\n" + more);
    }

    @Test
    void removesWhatCommandsWroteAndNothingElse() throws IOException {
        settings("clean-targets: [target, logs]\n");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "");
        Files.createSymbolicLink(project.resolve("target/link"), elsewhere);

        CommandRun run = CommandRun.offline(folder, "clean");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Removed " + project.resolve("target") + "\n");
        assertThat(project.resolve("target")).doesNotExist();
        assertThat(project.resolve("models/one.sql")).exists();
        assertThat(elsewhere.resolve("kept")).exists();
    }

    @Test
    void removesTheTargetFolderIfNothingIsSaid() throws IOException {
        settings("");

        assertThat(CommandRun.offline(folder, "clean").status()).isZero();

        assertThat(project.resolve("target")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "models", "../elsewhere", "models/marts", "/tmp"})
    void removesNothingIfOneTargetIsNotForThat(String target) throws IOException {
        settings("clean-targets: [target, '%s']\n".formatted(target));

        CommandRun run = CommandRun.offline(folder, "clean");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Cannot clean").contains("clean-targets");
        assertThat(project.resolve("target")).exists();
    }
}
