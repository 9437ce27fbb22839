package io.meterlake.format.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.meterlake.format.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMeterFileTest {
    @TempDir
    Path folder;

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(bytes)) {
            zstd.setChecksum(true);
            zstd.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path zip(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(("content of " + entry).getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = new LocalMeterFile(file).open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] noise(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    @Test
    void tellsTheCompressionByTheBytesAndNotByTheName() throws IOException {
        assertThat(read(write("plain.gz", "a,b".getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo("a,b");
        assertThat(read(write("gzip.csv", gzip("a,b".getBytes(UTF_8)))))
                .asString(UTF_8)
                .isEqualTo("a,b");
        assertThat(read(write("zstd.csv", zstd("a,b".getBytes(UTF_8)))))
                .asString(UTF_8)
                .isEqualTo("a,b");
        assertThat(read(zip("zip#1#.csv", "NEM12#1#X.csv"))).asString(UTF_8).isEqualTo("content of NEM12#1#X.csv");
        assertThat(read(write("empty", new byte[0]))).isEmpty();
    }

    @Test
    void readsGzipOfManyMembersWithZerosBehind() throws IOException {
        byte[] first = noise(200_000);
        byte[] second = noise(17);
        byte[] file = join(gzip(first), gzip(new byte[0]), gzip(second), new byte[100]);
        assertThat(read(write("members.gz", file))).isEqualTo(join(first, second));
    }

    @Test
    void refusesGzipThatEndsTooEarlyWhereverItWasCut() throws IOException {
        byte[] whole = join(gzip(noise(300)), gzip(noise(3000)));
        int firstMember = gzip(noise(300)).length;
        for (int length = 2; length < whole.length; length++) {
            if (length == firstMember) {
                continue; // A whole file: nothing can tell that a second member is lacking.
            }
            Path cut = write("cut.gz", Arrays.copyOf(whole, length));
            assertThatExceptionOfType(UnreadableFileException.class)
                    .as("cut to %d bytes", length)
                    .isThrownBy(() -> read(cut))
                    .withMessageStartingWith("Cannot read cut.gz: the gzip ends too early, after %d compressed bytes ("
                            .formatted(length))
                    .satisfies(e -> assertThat(e.hint()).contains("send the file again"));
        }
    }

    @Test
    void neverGivesOtherContentWhenAByteOfGzipWasChanged() throws IOException {
        byte[] content = "300,20260101,1.25,2.5,A\n".repeat(500).getBytes(UTF_8);
        byte[] whole = gzip(content);
        int refused = 0;
        for (int at = 10; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            try {
                assertThat(read(write("changed.gz", changed)))
                        .as("byte %d changed", at)
                        .isEqualTo(content);
            } catch (UnreadableFileException e) {
                assertThat(e).hasMessageStartingWith("Cannot read changed.gz: the gzip ");
                refused++;
            }
        }
        assertThat(refused).as("all but a byte of padding").isGreaterThanOrEqualTo(whole.length - 11);
    }

    @Test
    void refusesGarbageBehindGzip() throws IOException {
        Path file = write("tail.gz", join(gzip(noise(300)), "garbage".getBytes(UTF_8)));
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining("the gzip goes on with bytes that are no gzip");
    }

    @Test
    void readsZstdOfManyFrames() throws IOException {
        byte[] first = noise(200_000);
        byte[] second = noise(17);
        byte[] skipped = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        byte[] file = join(skipped, zstd(first), zstd(new byte[0]), skipped, zstd(second));
        assertThat(read(write("frames", file))).isEqualTo(join(first, second));
    }

    @Test
    void refusesZstdThatEndsTooEarlyWhereverItWasCut() throws IOException {
        byte[] whole = join(zstd(noise(300)), zstd(noise(500)));
        int firstFrame = zstd(noise(300)).length;
        for (int length = 4; length < whole.length; length++) {
            if (length == firstFrame) {
                continue; // A whole file: nothing can tell that a second frame is lacking.
            }
            Path cut = write("cut.zst", Arrays.copyOf(whole, length));
            assertThatExceptionOfType(UnreadableFileException.class)
                    .as("cut to %d bytes", length)
                    .isThrownBy(() -> read(cut))
                    .withMessageStartingWith("Cannot read cut.zst: the zstd ends too early, after ")
                    .satisfies(e -> assertThat(e.hint()).contains("send it again"));
        }
    }

    @Test
    void neverGivesOtherContentWhenAByteOfZstdWasChanged() throws IOException {
        byte[] content = noise(2_000);
        byte[] text = "300,20260101,1.25,2.5,A\n".repeat(500).getBytes(UTF_8);
        byte[] whole = zstd(join(text, content));
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Path file = write("changed.zst", changed);
            byte[] read = new byte[0];
            try {
                read = read(file);
            } catch (UnreadableFileException e) {
                assertThat(e).hasMessageStartingWith("Cannot read changed.zst: the zstd ");
                continue;
            }
            boolean isPlain = at < 4; // No zstd any more, so what is in the file is what it holds.
            assertThat(read).as("byte %d changed", at).isEqualTo(isPlain ? changed : join(text, content));
        }
    }

    @Test
    void refusesGarbageBehindZstd() throws IOException {
        Path file = write("tail.zst", join(zstd(noise(300)), "garbage".getBytes(UTF_8)));
        assertThatExceptionOfType(UnreadableFileException.class).isThrownBy(() -> read(file));
    }

    @Test
    void overlooksWhatMacOsPutsIntoAZip() throws IOException {
        Path file = zip("mac.zip", "folder/", "folder/data.csv", "__MACOSX/folder/._data.csv", "folder/.DS_Store");
        assertThat(read(file)).asString(UTF_8).isEqualTo("content of folder/data.csv");
    }

    @Test
    void refusesAZipOfSeveralFiles() throws IOException {
        Path file = zip("two.zip", "a.csv", "b.csv");
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(file))
                .withMessage("Cannot read two.zip: the zip holds 2 files: a.csv, b.csv");
    }

    @Test
    void refusesADamagedZip() throws IOException {
        byte[] whole = Files.readAllBytes(zip("whole.zip", "a.csv"));
        Path cut = write("cut.zip", Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(cut))
                .withMessageStartingWith("Cannot read cut.zip: the zip is damaged (");
        byte[] changed = whole.clone();
        changed[45] ^= 0x7F;
        Path damaged = write("changed.zip", changed);
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(damaged))
                .withMessageStartingWith("Cannot read changed.zip: the zip is damaged (");
    }

    @Test
    void stopsWhatExpandsBeyondAllMeasure() throws IOException {
        Path bomb = write("bomb.gz", gzip(new byte[4 << 20]));
        LocalMeterFile dense = new LocalMeterFile(bomb, new ExpansionLimits(1 << 20, 100, 1L << 40));
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> dense.open().readAllBytes())
                .withMessageStartingWith(
                        "Cannot read bomb.gz: its %d compressed bytes expand to more than".formatted(Files.size(bomb)));
        LocalMeterFile big = new LocalMeterFile(bomb, new ExpansionLimits(1 << 20, 10_000, 2 << 20));
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> big.open().readAllBytes());
        LocalMeterFile allowed = new LocalMeterFile(bomb, new ExpansionLimits(8 << 20, 1, 1L << 40));
        try (InputStream in = allowed.open()) {
            assertThat(in.readAllBytes()).hasSize(4 << 20);
        }
    }

    @Test
    void stopsZstdThatExpandsBeyondAllMeasure() throws IOException {
        Path bomb = write("bomb.zst", zstd(new byte[4 << 20]));
        LocalMeterFile dense = new LocalMeterFile(bomb, new ExpansionLimits(1 << 20, 100, 1L << 40));
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> dense.open().readAllBytes())
                .withMessageStartingWith("Cannot read bomb.zst: its %d compressed bytes expand to more than"
                        .formatted(Files.size(bomb)));
    }

    @Test
    void checksTheBytesAsDelivered() throws IOException {
        LocalMeterFile file = new LocalMeterFile(write("abc.csv", "abc".getBytes(UTF_8)));
        assertThat(file.checksum()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(file.sizeBytes()).isEqualTo(3);
        assertThat(file.name()).isEqualTo("abc.csv");
        byte[] compressed = gzip("abc".getBytes(UTF_8));
        LocalMeterFile gzip = new LocalMeterFile(write("abc.gz", compressed));
        assertThat(gzip.checksum()).isNotEqualTo(file.checksum());
        assertThat(gzip.sizeBytes()).isEqualTo(compressed.length);
    }
}
