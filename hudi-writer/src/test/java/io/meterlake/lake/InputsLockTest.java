package io.meterlake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between threads of one process, and between processes. */
class InputsLockTest {
    @TempDir
    private Path folder;

    /** Another process that reads, until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (InputsLock lock = InputsLock.reading(Path.of(arguments[0]))) {
            System.out.println(lock == null ? "" : "reading");
            while (System.in.read() >= 0) {}
        }
    }

    @Test
    void letsManyReadAndNobodyDropMeanwhile() {
        try (InputsLock one = InputsLock.reading(folder)) {
            assertThat(one).isNotNull();
            InputsLock other = InputsLock.reading(folder);
            refusesToDrop();
            other.close();
            other.close();
            refusesToDrop();
        }
        InputsLock.dropping(folder).close();
    }

    @Test
    void letsOneDropAndNobodyReadMeanwhile() {
        try (InputsLock dropping = InputsLock.dropping(folder)) {
            assertThat(dropping).isNotNull();
            refusesToDrop();
            assertThatThrownBy(() -> InputsLock.reading(folder))
                    .hasMessageStartingWith("Cannot read what reports of the lake " + folder)
                    .isInstanceOfSatisfying(
                            MeterlakeException.class,
                            e -> assertThat(e.hint())
                                    .contains(
                                            "`retention apply`",
                                            "`snapshot drop`",
                                            "`run`",
                                            "`build`",
                                            "`test`",
                                            "`seed`"));
        }
        InputsLock.reading(folder).close();
    }

    @Test
    void holdsAgainstAnotherProcessUntilThatIsKilled() throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InputsLockTest.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(reader.getInputStream(), UTF_8))) {
            assertThat(out.readLine()).isEqualTo("reading");
            InputsLock.reading(folder).close();
            refusesToDrop();
            reader.destroyForcibly().waitFor();
            InputsLock.dropping(folder).close();
        } finally {
            reader.destroyForcibly();
        }
    }

    private void refusesToDrop() {
        assertThatThrownBy(() -> InputsLock.dropping(folder))
                .hasMessageStartingWith("Cannot drop snapshots of the lake " + folder);
    }
}
