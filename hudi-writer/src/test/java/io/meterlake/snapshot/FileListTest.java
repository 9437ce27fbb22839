package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileListTest {
    private static final List<PinnedFile> FILES = List.of(
            new PinnedFile("t", "", "a b.parquet", 1, Optional.empty()),
            new PinnedFile("t", "day=2026-01-01", "a,b.parquet", 0, Optional.of("ab12")),
            new PinnedFile("t", "name=the \"best\"", "line\nend.parquet", Long.MAX_VALUE / 100, Optional.empty()),
            new PinnedFile("t", "zone=Zürich%3A1", "𝄞.parquet", 3, Optional.empty()));

    @Test
    void givesBackWhateverNamesFilesHave() {
        assertThat(FileList.parse("t", FileList.text(FILES))).isEqualTo(FILES);
        assertThat(FileList.parse("t", FileList.text(List.of()))).isEmpty();
    }

    @Test
    void hasTheSameHashWithAndWithoutChecksums() {
        List<PinnedFile> bare = FILES.stream()
                .map(file -> new PinnedFile(
                        file.table(), file.partition(), file.fileName(), file.sizeBytes(), Optional.empty()))
                .toList();

        assertThat(FileList.sha256(bare)).isEqualTo(FileList.sha256(FILES)).hasSize(64);
        assertThat(FileList.sha256(FILES.subList(1, 4))).isNotEqualTo(FileList.sha256(FILES));
    }

    @Test
    void refusesWhatIsNoList() {
        for (String text : List.of(
                "",
                "partition,file\n",
                FileList.text(FILES).substring(3),
                FileList.text(FILES).strip(),
                FileList.text(FILES) + "x,y\n",
                FileList.text(FILES) + "x,y,many,\n",
                FileList.text(FILES) + "\"x")) {
            assertThatThrownBy(() -> FileList.parse("t", text))
                    .isInstanceOf(MeterlakeException.class)
                    .hasMessageStartingWith("Cannot read the list of files of t: ");
        }
    }
}
