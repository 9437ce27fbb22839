package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @Test
    void readsABranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", HASH + "\n");
        assertThat(GitCommit.of(Files.createDirectories(folder.resolve("sql-models/models"))))
                .contains(HASH);
    }

    @Test
    void readsAPackedBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/packed-refs", "# pack-refs with: peeled\n" + HASH + " refs/heads/main\n");
        assertThat(GitCommit.of(folder)).contains(HASH);
    }

    @Test
    void readsADetachedHead() throws IOException {
        write(".git/HEAD", HASH + "\n");
        assertThat(GitCommit.of(folder)).contains(HASH);
    }

    @Test
    void readsALinkedWorktree() throws IOException {
        write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        write("main/.git/worktrees/side/commondir", "../..\n");
        write("main/.git/refs/heads/side", HASH + "\n");
        write("side/.git", "gitdir: " + folder.resolve("main/.git/worktrees/side") + "\n");
        assertThat(GitCommit.of(folder.resolve("side"))).contains(HASH);
    }

    @Test
    void hasNoneBeforeTheFirstCommit() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitCommit.of(folder)).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
