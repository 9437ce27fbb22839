package io.meterlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFilesTest {
    @TempDir
    private Path folder;

    private SharedFiles files;

    @BeforeEach
    void write() throws IOException {
        files = new SharedFiles(Storage.of(folder));
        Files.createDirectories(folder.resolve("a/below"));
        Files.writeString(folder.resolve("a/one"), "1");
        Files.writeString(folder.resolve("a/.one.crc"), "sum");
        Files.writeString(folder.resolve("a/below/two"), "2");
    }

    @Test
    void bothFoldersHaveTheFilesAndEitherMayGo() throws IOException {
        files.share(folder.resolve("a"), folder.resolve("b"));
        Files.delete(folder.resolve("a/one"));
        assertThat(folder.resolve("b/one")).hasContent("1");
        assertThat(folder.resolve("b/.one.crc")).hasContent("sum");
        assertThat(folder.resolve("b/below")).as("another folder").doesNotExist();
    }

    @Test
    void whatWasThereBeforeStays() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/one"), "another");
        assertThatThrownBy(() -> files.share(folder.resolve("a"), folder.resolve("b")))
                .isInstanceOf(FileAlreadyExistsException.class);
        files.undo();
        assertThat(folder.resolve("b/one")).hasContent("another");
        assertThat(folder.resolve("b/.one.crc")).doesNotExist();
    }

    @Test
    void nothingIsLeftWhereItIsTakenBack() throws IOException {
        files.share(folder.resolve("a"), folder.resolve("b"));
        assertThatThrownBy(() -> files.share(folder.resolve("none"), folder.resolve("c")))
                .isInstanceOf(NoSuchFileException.class);
        files.undo();
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("a"));
        assertThat(folder.resolve("b")).doesNotExist();
        assertThat(folder.resolve("c")).doesNotExist();
        assertThat(folder.resolve("a/one")).hasContent("1");
    }
}
