package io.meterlake.cli;

import io.meterlake.run.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The SQL of tests that found something, in files that {@code query} takes, so that the rows can be seen. It reads what
 * the run itself built, whether that was published or not.
 */
final class FailedTests {
    private static final int LONGEST_NAME = 120;

    private final Path folder;
    private final Path workingFolder;

    /**
     * @param targetFolder the project's {@code target}
     * @param workingFolder where the names that {@link #write} gives start
     */
    FailedTests(Path targetFolder, Path workingFolder) {
        this.folder = targetFolder.resolve("failed");
        this.workingFolder = workingFolder.toAbsolutePath().normalize();
    }

    /** Deletes the files of earlier runs. For the holder of the lake's lock on runs. */
    void clear() {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, "*.sql")) {
                for (Path file : earlier) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot clear " + folder, e);
            }
        }
    }

    /** Writes a test's SQL and gives the file's name as the person in the working folder would write it. */
    String write(Work.RunTest test) {
        String name = test.name().replaceAll("[^A-Za-z0-9_.-]", "_");
        // The end tells tests of one kind apart better than the beginning.
        String stem = name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
        Path file = folder.resolve(stem + ".sql");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, test.sql().stripTrailing() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        return (file.startsWith(workingFolder) ? workingFolder.relativize(file) : file).toString();
    }
}
