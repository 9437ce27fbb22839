package io.meterlake.dashboard.metabase;

import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A copy of a folder of dashboards, in which files are tried before the folder itself is touched. Deleted when it is
 * closed. Not thread-safe.
 */
final class ExportFolder implements AutoCloseable {
    private static final String COLLECTIONS = "collections.yml";

    private final Path folder;
    private final Path copy;
    private final boolean isNew;
    private final Map<String, String> changed = new TreeMap<>();

    private ExportFolder(Path folder, Path copy, boolean isNew) {
        this.folder = folder;
        this.copy = copy;
        this.isNew = isNew;
    }

    /** Copies the folder, which need not be there. */
    static ExportFolder open(Path folder) {
        try {
            Path copy = Files.createTempDirectory("meterlake-export");
            ExportFolder opened = new ExportFolder(folder, copy, !Files.exists(folder.resolve(COLLECTIONS)));
            for (String name : List.of("cards", "dashboards")) {
                Files.createDirectories(copy.resolve(name));
                if (Files.isDirectory(folder.resolve(name))) {
                    try (Stream<Path> files = Files.list(folder.resolve(name))) {
                        for (Path file : files.filter(Files::isRegularFile).toList()) {
                            Files.copy(file, copy.resolve(name).resolve(file.getFileName()));
                        }
                    }
                }
            }
            if (opened.isNew) {
                Files.writeString(copy.resolve(COLLECTIONS), "collections: []\n");
            } else {
                Files.copy(folder.resolve(COLLECTIONS), copy.resolve(COLLECTIONS));
            }
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + folder, e);
        }
    }

    /** Whether there were no dashboards yet. */
    boolean isNew() {
        return isNew;
    }

    Dashboards load() {
        return DashboardLoader.load(copy);
    }

    boolean has(String file) {
        return Files.exists(copy.resolve(file));
    }

    /** Takes the files into the copy if it can be loaded with them; else the copy is as before, and the reason thrown. */
    Dashboards attempt(Map<String, String> files) {
        Map<String, String> before = new TreeMap<>();
        files.keySet().stream().filter(this::has).forEach(file -> before.put(file, read(file)));
        files.forEach(this::write);
        try {
            Dashboards loaded = load();
            changed.putAll(files);
            return loaded;
        } catch (RuntimeException e) {
            restore(files, before);
            throw e;
        }
    }

    /** Takes files back that {@link #attempt} took. */
    void undo(Map<String, String> files, Map<String, String> before) {
        changed.keySet().removeAll(files.keySet());
        restore(files, before);
    }

    private void restore(Map<String, String> files, Map<String, String> before) {
        files.keySet().stream().filter(file -> !before.containsKey(file)).forEach(file -> delete(copy.resolve(file)));
        before.forEach(this::write);
    }

    /** Those of the files that are there, with what they hold. */
    Map<String, String> present(Iterable<String> files) {
        Map<String, String> present = new TreeMap<>();
        for (String file : files) {
            if (has(file)) {
                present.put(file, read(file));
            }
        }
        return present;
    }

    /** The files that were taken and say something else than before. */
    List<String> changed() {
        return changed.entrySet().stream()
                .filter(one -> !isTheSame(one.getKey(), one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Writes them into the folder. */
    void writeChanged() {
        for (String file : changed()) {
            try {
                Path path = folder.resolve(file);
                Files.createDirectories(folder.resolve("cards"));
                Files.createDirectories(folder.resolve("dashboards"));
                Files.writeString(path, changed.getOrDefault(file, ""));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + folder.resolve(file), e);
            }
        }
    }

    private boolean isTheSame(String file, String text) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) && Files.readString(path).equals(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder.resolve(file), e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(copy.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + copy.resolve(file), e);
        }
    }

    private void write(String file, String text) {
        try {
            Files.writeString(copy.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + copy.resolve(file), e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(copy)) {
            all.sorted(Comparator.reverseOrder()).forEach(ExportFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + copy, e);
        }
    }
}
