package io.meterlake.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A text file that is replaced in one step and stays through a loss of power: written beside its place, brought to the
 * disk, renamed, and its folder brought to the disk. Whoever reads it meanwhile has the earlier text or the new one.
 * Thread-safe for different files; two writers of one file need a lock of their own.
 */
public final class DurableFile {
    private DurableFile() {}

    /**
     * Puts a text, as UTF-8, in the place of what the file had. When this returns it is on the disk. A process that is
     * killed leaves at most a hidden file beside it, which the next writer of the file takes the place of.
     *
     * @param file in a folder that is there
     * @throws IOException the file is as it was then, or as it is to be
     */
    public static void write(Path file, String text) throws IOException {
        // Hidden: Trino reads all other files in a folder of manifests.
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(requireNonNull(file.toAbsolutePath().getParent()));
    }

    /** Brings a file to the disk that something else wrote. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Brings to the disk which files a folder has. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
