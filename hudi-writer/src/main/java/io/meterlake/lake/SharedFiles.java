package io.meterlake.lake;

import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives the files of a folder to another one as well, all of them or none. For one thread. */
final class SharedFiles {
    private final Storage storage;
    private final List<Path> made = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    SharedFiles(Storage storage) {
        this.storage = storage;
    }

    /** The files of a folder, not those below it. */
    void share(Path folder, Path other) throws IOException {
        List<Path> files = files(folder);
        if (!Files.exists(other)) {
            Files.createDirectories(other);
            folders.add(other);
        }
        for (Path file : files) {
            Path name = other.resolve(String.valueOf(file.getFileName()));
            storage.share(file, name);
            made.add(name);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        }
        return files;
    }

    /** Takes back what was given. */
    void undo() throws IOException {
        for (Path file : made) {
            Files.deleteIfExists(file);
        }
        for (Path folder : folders) {
            Files.deleteIfExists(folder);
        }
        made.clear();
        folders.clear();
    }
}
