package io.meterlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFilesTest {
    @TempDir
    Path folder;

    @Test
    void tellsAFileFromAFolderAndFromNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(LakeFiles.exists(file)).isTrue();
        assertThat(LakeFiles.isFolder(file)).isFalse();
        assertThat(LakeFiles.isFolder(folder)).isTrue();
        assertThat(LakeFiles.exists(folder.resolve("nothing"))).isFalse();
        assertThat(LakeFiles.isFolder(folder.resolve("nothing"))).isFalse();
        assertThat(LakeFiles.exists(file.resolve("below a file"))).isFalse();
    }

    @Test
    void doesNotTakeWhatCannotBeReadForNothing() throws IOException {
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, link);
        assertThat(Files.exists(link)).isFalse();

        MeterlakeException refused = catchThrowableOfType(MeterlakeException.class, () -> LakeFiles.exists(link));
        assertThat(refused.code()).isEqualTo(LakeErrorCode.LAKE_STORAGE);
        assertThat(refused).hasMessageContaining(link.toString());
    }
}
