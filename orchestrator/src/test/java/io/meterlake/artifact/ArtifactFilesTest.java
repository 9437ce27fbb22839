package io.meterlake.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactFilesTest {
    private static final int LENGTH = 200_000;

    @TempDir
    private Path folder;

    @Test
    void whoeverReadsWhileOthersWriteHasOneWholeFile() throws Exception {
        Path target = folder.resolve("project/target");
        ArtifactFiles.write(target, ArtifactFiles.MANIFEST, "0".repeat(LENGTH));
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> ones = writers.submit(() -> writeOften(target, "1"));
            Future<?> twos = writers.submit(() -> writeOften(target, "2"));
            while (!ones.isDone() || !twos.isDone()) {
                String text = Files.readString(target.resolve(ArtifactFiles.MANIFEST));
                assertThat(text).hasSize(LENGTH);
                assertThat(text.chars().distinct().count()).as("of one writer").isEqualTo(1);
            }
            ones.get();
            twos.get();
        }
        assertThat(target).isDirectoryNotContaining("glob:**.unfinished");
    }

    private static void writeOften(Path target, String digit) {
        for (int i = 0; i < 10; i++) {
            ArtifactFiles.write(target, ArtifactFiles.MANIFEST, digit.repeat(LENGTH));
        }
    }

    @Test
    void saysWhatToDoWhereItMayNotWrite() throws IOException {
        Path file = Files.writeString(folder.resolve("target"), "no folder");
        assertThatThrownBy(() -> ArtifactFiles.write(file, ArtifactFiles.MANIFEST, "{}"))
                .isInstanceOfSatisfying(MeterlakeException.class, e -> {
                    assertThat(e).hasMessageStartingWith("Cannot write " + file.resolve("manifest.json"));
                    assertThat(e.hint()).contains("target-path");
                });
    }
}
