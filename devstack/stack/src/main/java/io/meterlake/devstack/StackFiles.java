package io.meterlake.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things are in the state folder. */
record StackFiles(Path folder) {
    Path lock() {
        return folder.resolve("stack.lock");
    }

    Path state() {
        return folder.resolve("stack.properties");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path log(String server) {
        return logs().resolve(server + ".log");
    }

    Path metastoreFolder() {
        return folder.resolve("metastore");
    }

    Path derby() {
        return metastoreFolder().resolve("derby");
    }

    Path trinoFolder() {
        return folder.resolve("trino");
    }

    /** Replaces a file in one step: readers see the old or the new one. */
    static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }
}
