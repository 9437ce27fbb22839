package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against git itself; without it only that nothing is claimed. */
class GitEditsTest {
    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("model.sql"), "select 1");
    }

    @Test
    void tellsAnEditFromACommit() throws IOException {
        assumeThat(git("--version")).as("git is there").isTrue();
        assertThat(git("init")).isTrue();
        assertThat(GitEdits.of(project)).as("a file that is in no commit").isEqualTo(GitEdits.UNCOMMITTED);
        commit();
        assertThat(GitEdits.of(project)).isEqualTo(GitEdits.NONE);
        Files.writeString(folder.resolve("elsewhere.txt"), "not the project's");
        assertThat(GitEdits.of(project)).isEqualTo(GitEdits.NONE);
        Files.writeString(project.resolve("model.sql"), "select 2");
        assertThat(GitEdits.of(project)).isEqualTo(GitEdits.UNCOMMITTED);
        assertThat(git("add", ".")).isTrue();
        assertThat(GitEdits.of(project)).as("added and not committed").isEqualTo(GitEdits.UNCOMMITTED);
        commit();
        Files.delete(project.resolve("model.sql"));
        assertThat(GitEdits.of(project)).as("removed").isEqualTo(GitEdits.UNCOMMITTED);
    }

    @Test
    void claimsNothingWithoutGitOrACheckout() {
        assertThat(GitEdits.of(project, folder.resolve("no-git").toString())).isEqualTo(GitEdits.UNKNOWN);
        assertThat(GitEdits.of(project)).as("no checkout").isEqualTo(GitEdits.UNKNOWN);
        assertThat(GitEdits.of(folder.resolve("no-folder"))).isEqualTo(GitEdits.UNKNOWN);
    }

    private void commit() {
        assertThat(git("add", ".")).isTrue();
        assertThat(git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-m", "one"))
                .isTrue();
    }

    private boolean git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
