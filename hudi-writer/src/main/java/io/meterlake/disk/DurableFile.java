package io.meterlake.disk;

import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A text file that is replaced in one step and stays through a loss of power, as its {@link Storage} does it: on a disk
 * written beside its place, brought to the disk, renamed, and its folder brought to the disk. Whoever reads it meanwhile has
 * the earlier text or the new one. Thread-safe for different files; two writers of one file need a lock of their own.
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
        Storage.of(file).replace(file, text);
    }

    /** Brings a file to the disk that something else wrote. */
    public static void force(Path file) throws IOException {
        Storage.of(file).force(file);
    }

    /** Brings to the disk which files a folder has. */
    public static void forceFolder(Path folder) throws IOException {
        Storage.of(folder).forceFolder(folder);
    }
}
