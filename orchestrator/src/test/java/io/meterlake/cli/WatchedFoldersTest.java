package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedFoldersTest {
    private static final Instant START = Instant.parse("2026-01-25T04:00:00Z");
    private static final Path FILE = Path.of("landing/a.csv");

    private final WatchedFolders folders = new WatchedFolders(Duration.ofSeconds(10));

    /** A look at the folder when it holds the file in this size. */
    private List<Path> look(int second, long sizeBytes) {
        return folders.complete(List.of(new WatchedFolders.Seen(FILE, sizeBytes, START)), START.plusSeconds(second));
    }

    @Test
    void handsAFileOutOnceItDidNotChangeForAWhileAndOnlyOnce() {
        assertThat(look(0, 100)).isEmpty();
        assertThat(look(9, 200)).as("it grows").isEmpty();
        assertThat(look(18, 200)).isEmpty();
        assertThat(look(19, 200)).containsExactly(FILE);
        assertThat(look(60, 200)).isEmpty();
    }

    @Test
    void handsAFileOutAgainWhenItChanges() {
        look(0, 100);
        assertThat(look(10, 100)).containsExactly(FILE);
        assertThat(look(20, 101)).isEmpty();
        assertThat(look(30, 101)).containsExactly(FILE);
    }

    @Test
    void forgetsAFileThatIsTakenAway() {
        look(0, 100);
        look(10, 100);
        assertThat(folders.complete(List.of(), START.plusSeconds(11))).isEmpty();
        look(12, 100);
        assertThat(look(22, 100)).as("another file of that name").containsExactly(FILE);
    }

    @Test
    void putsAFileThatCannotBeReadOffForLongerEachTime() {
        look(0, 100);
        look(10, 100);
        folders.putOff(FILE, START.plusSeconds(10));
        assertThat(look(69, 100)).isEmpty();
        assertThat(look(70, 100)).containsExactly(FILE);
        folders.putOff(FILE, START.plusSeconds(70));
        assertThat(look(189, 100)).isEmpty();
        assertThat(look(190, 100)).containsExactly(FILE);
    }

    @Test
    void handsAFileOutAgainAtOnceThatWasHandedBack() {
        look(0, 100);
        look(10, 100);
        folders.handBack(FILE, START.plusSeconds(10));
        assertThat(look(11, 100)).containsExactly(FILE);
    }
}
