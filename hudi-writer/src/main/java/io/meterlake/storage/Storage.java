package io.meterlake.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** What the place of a lake's files can do, beyond {@link java.nio.file.Files}. Thread-safe. */
public sealed interface Storage permits LocalDisk, ObjectStore {
    /** Where a path lies. */
    static Storage of(Path path) {
        return path.getFileSystem() instanceof ObjectFileSystem store ? store.store() : LocalDisk.INSTANCE;
    }

    /** What Hudi, the metastore and Trino call a path: with a scheme, and without the escapes of a URI. */
    String location(Path path);

    /** Whether a location, as the metastore may write it, is this path. */
    boolean isAt(String location, Path path);

    /** The path that has a location; empty if it is of another storage. */
    Optional<Path> path(String location);

    /**
     * Makes a file be there under a second name as well, without its bytes passing through this process where the storage
     * can do so. Whatever becomes of one of the names, the other one stays; for files that nobody writes to any more.
     *
     * @param name in a folder that is there
     */
    void share(Path file, Path name) throws IOException;

    /** With what Hadoop's file systems, and so Hudi, get there. A copy, which may be changed. */
    Configuration hadoop();

    /** A file for Parquet to write; nobody sees it before it is closed, or it is of no use until a commit names it. */
    OutputFile output(Path file);

    /** A file for Parquet to read. */
    InputFile input(Path file);

    /**
     * Puts a text, as UTF-8, in the place of what the file had, in one step. When this returns it stays, also through a
     * loss of power.
     *
     * @param file in a folder that is there
     * @throws IOException the file is as it was then, or as it is to be
     */
    void replace(Path file, String text) throws IOException;

    /** Makes a file that something else wrote and closed stay through a loss of power. */
    void force(Path file) throws IOException;

    /** Makes stay which files a folder has. */
    void forceFolder(Path folder) throws IOException;

    /**
     * All files in a folder and below it whose names end so, with their sizes in bytes.
     *
     * @throws java.nio.file.NoSuchFileException there is no such folder
     */
    Map<Path, Long> filesBelow(Path folder, String suffix) throws IOException;

    /** A folder of this machine for what is needed only while a process works on a lake; made by who writes there. */
    Path scratch(Path root);

    /** A lock of one process at a time. Nothing is asked of the storage yet. */
    ProcessLock lock(Path file);

    /** A lock of several processes that share it, or of one that has it alone. Nothing is asked of the storage yet. */
    SharedLock sharedLock(Path file);
}
