package io.meterlake.artifact;

import io.meterlake.disk.DurableFile;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Artifacts on disk. Each is replaced in one step, so that an editor that watches it never meets half a file, and two
 * commands that write the same one take turns.
 */
public final class ArtifactFiles {
    public static final String MANIFEST = "manifest.json";
    public static final String RUN_RESULTS = "run_results.json";
    public static final String CATALOG = "catalog.json";
    public static final String SOURCES = "sources.json";
    public static final String COLUMN_LINEAGE = "column_lineage.json";

    /** Java refuses a process a second lock of one file. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private ArtifactFiles() {}

    /**
     * Writes an artifact.
     *
     * @param folder is made if it is not there
     * @throws MeterlakeException {@code ARTIFACT_FILES}: the file is as it was
     */
    public static void write(Path folder, String name, String json) {
        IN_THIS_PROCESS.lock();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(".artifacts.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Objects.requireNonNull(lock);
                DurableFile.write(folder.resolve(name), json);
            }
        } catch (IOException e) {
            throw new MeterlakeException(
                    ArtifactErrorCode.ARTIFACT_FILES,
                    "Cannot write " + folder.resolve(name) + ": " + e,
                    "Check that you may write to that folder and that its disk has room; `target-path` in dbt_project.yml names another one.",
                    e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
