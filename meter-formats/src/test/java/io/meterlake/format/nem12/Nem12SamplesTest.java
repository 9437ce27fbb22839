package io.meterlake.format.nem12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.testing.Parsed;
import io.meterlake.testing.SampleFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Real files; row by row they are compared with nemreader by src/test/python/nem12_oracle.py. */
class Nem12SamplesTest {
    private static Parsed read(Path path) throws IOException {
        LocalMeterFile file = new LocalMeterFile(path);
        return Parsed.read(MeterFormats.installed().detect(file), file);
    }

    @Test
    void readsEveryRealFileWithoutAReject() throws IOException {
        for (Path file : SampleFiles.in("nem12")) {
            Parsed parsed = read(file);
            assertThat(parsed.rejects()).as("%s", file).isEmpty();
            assertThat(parsed.rows()).as("%s", file).isNotEmpty();
            assertThat(parsed.rows())
                    .as("%s", file)
                    .allSatisfy(row -> assertThat(row.recorded()).isPresent());
        }
    }

    @Test
    void takesNothingFromFilesThatAreInvalid() throws IOException {
        for (Path file : SampleFiles.in("nem12-invalid")) {
            try {
                Parsed parsed = read(file);
                assertThat(parsed.rows()).as("%s", file).isEmpty();
                assertThat(parsed.rejects()).as("%s", file).isNotEmpty();
            } catch (UnreadableFileException refused) {
                assertThat(refused).hasMessageStartingWith("Cannot read " + file.getFileName() + ": ");
                assertThat(refused.hint()).isNotEmpty();
            }
        }
    }

    @Test
    void saysThatNem13IsAnotherFormat() throws IOException {
        for (Path file : SampleFiles.in("nem13")) {
            assertThatExceptionOfType(UnreadableFileException.class)
                    .as("%s", file)
                    .isThrownBy(() -> new Nem12Format().read(new LocalMeterFile(file), new ReadingBuffer()))
                    .satisfies(e -> assertThat(e.hint()).contains("NEM13"));
        }
    }
}
