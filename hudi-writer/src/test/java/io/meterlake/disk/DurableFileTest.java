package io.meterlake.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    private Path folder;

    @Test
    void takesThePlaceOfAnEarlierTextAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("list.csv");
        DurableFile.write(file, "a longer text, of the day before\n");
        DurableFile.write(file, "Zähler\n");

        assertThat(file).hasContent("Zähler\n");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void takesThePlaceOfWhatAKilledProcessLeft() throws IOException {
        Files.writeString(folder.resolve(".list.csv.unfinished"), "half a te");
        Path file = folder.resolve("list.csv");
        DurableFile.write(file, "text\n");

        assertThat(file).hasContent("text\n");
        assertThat(folder.resolve(".list.csv.unfinished")).doesNotExist();
    }

    @Test
    void isNeverSeenHalfWritten() throws IOException {
        Path file = folder.resolve("list.csv");
        String one = "1".repeat(100_000);
        String other = "2".repeat(200_000);
        DurableFile.write(file, one);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(
                () -> {
                    try {
                        for (int i = 0; i < 100; i++) {
                            DurableFile.write(file, i % 2 == 0 ? other : one);
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    } finally {
                        done.set(true);
                    }
                },
                Thread::startVirtualThread);
        while (!done.get()) {
            assertThat(Files.readString(file)).isIn(one, other);
        }
        writer.join();
    }

    @Test
    void keepsTheEarlierTextWhenItCannotWrite() throws IOException {
        Path file = folder.resolve("list.csv");
        DurableFile.write(file, "before\n");
        // In the way of the file that is written beside it.
        Files.createDirectory(folder.resolve(".list.csv.unfinished"));

        assertThatThrownBy(() -> DurableFile.write(file, "after\n")).isInstanceOf(IOException.class);
        assertThat(file).hasContent("before\n");
    }
}
