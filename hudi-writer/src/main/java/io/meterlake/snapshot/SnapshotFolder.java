package io.meterlake.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies on disk of a snapshot: {@code snapshot.json}, a list of files for each table, and for Trino a manifest in a
 * folder for each partition. A manifest can be made again from the list, so only the others are flushed to the disk.
 */
final class SnapshotFolder {
    private static final String MANIFEST = "manifest";
    private static final String DESCRIPTION = "snapshot.json";
    private static final String LIST_SUFFIX = ".files.csv";
    /** There as long as the snapshot is being made. */
    private static final String MARKER = ".creating";

    private final Path lakeRoot;
    private final Path folder;

    SnapshotFolder(Lake lake, String id) {
        this.lakeRoot = lake.config().root();
        this.folder = lake.snapshotsFolder().resolve(id);
    }

    /** The ids of snapshots that a process began to make and did not finish. */
    static List<String> unfinished(Lake lake) {
        try (Stream<Path> folders = Files.list(lake.snapshotsFolder())) {
            return folders.filter(folder -> Files.exists(folder.resolve(MARKER)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw storage("list the snapshots in " + lake.snapshotsFolder(), e);
        }
    }

    Path path() {
        return folder;
    }

    boolean exists() {
        return Files.exists(folder);
    }

    /** Makes the folder, and notes in it that the snapshot is not there yet. */
    void announce() {
        try {
            Files.createDirectories(folder);
            write(
                    folder.resolve(MARKER),
                    "This snapshot is being made; the next command takes back what a crash left.\n");
            flushFolder(requireNonNull(folder.getParent()));
        } catch (IOException e) {
            throw storage("make the folder " + folder, e);
        }
    }

    /** Says that the snapshot is there. */
    void complete() {
        try {
            Files.deleteIfExists(folder.resolve(MARKER));
        } catch (IOException e) {
            throw storage("complete the folder " + folder, e);
        }
    }

    Path tableFolder(String table) {
        return folder.resolve(table);
    }

    /** Writes a table's list of files, in the place of an earlier one. */
    void writeList(String table, List<PinnedFile> files) {
        replace(folder.resolve(table + LIST_SUFFIX), FileList.text(files));
    }

    /**
     * Reads a table's list of files.
     *
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE} if it is gone or is another one than was pinned
     */
    List<PinnedFile> readList(PinnedTable table) {
        Path path = folder.resolve(table.table() + LIST_SUFFIX);
        List<PinnedFile> files = FileList.parse(table.table(), read(path));
        if (!FileList.sha256(files).equals(table.filesSha256())) {
            throw new MeterlakeException(
                    SnapshotErrorCode.SNAPSHOT_STORAGE,
                    "Cannot use the list " + path + ": it was changed since the snapshot was made",
                    "Restore it from a backup, or drop the snapshot");
        }
        return files;
    }

    void writeDescription(String json) {
        replace(folder.resolve(DESCRIPTION), json);
    }

    String readDescription() {
        return read(folder.resolve(DESCRIPTION));
    }

    /** Writes the manifests of a table, as far as they are missing or wrong. */
    void writeManifests(String table, List<PinnedFile> files) {
        try {
            Files.createDirectories(tableFolder(table));
            for (Map.Entry<String, String> manifest : manifests(files).entrySet()) {
                Path path = manifestPath(table, manifest.getKey());
                if (!hasText(path, manifest.getValue())) {
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, manifest.getValue());
                }
            }
        } catch (IOException e) {
            throw storage("write the manifests of " + table + " to " + folder, e);
        }
    }

    /** The partitions whose manifests are missing or wrong. */
    List<String> wrongManifests(String table, List<PinnedFile> files) {
        return manifests(files).entrySet().stream()
                .filter(manifest -> !hasText(manifestPath(table, manifest.getKey()), manifest.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, String> manifests(List<PinnedFile> files) {
        return files.stream()
                .collect(Collectors.groupingBy(
                        PinnedFile::partition,
                        TreeMap::new,
                        Collectors.mapping(file -> "file://" + file.path(lakeRoot) + "\n", Collectors.joining())));
    }

    private Path manifestPath(String table, String partition) {
        return tableFolder(table).resolve(partition).resolve(MANIFEST);
    }

    private static boolean hasText(Path path, String text) {
        try {
            return Files.readString(path).equals(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes the folder and all that is in it. The marker goes last, so that a half-deleted folder is known as such. */
    void delete() {
        try {
            if (!Files.exists(folder)) {
                return;
            }
            Path marker = folder.resolve(MARKER);
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(marker)) {
                        Files.delete(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, java.io.IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    if (directory.equals(folder)) {
                        Files.deleteIfExists(marker);
                    }
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw storage("delete the folder " + folder, e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw storage("read " + path, e);
        }
    }

    private static void replace(Path path, String text) {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            write(temporary, text);
            try {
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
            }
            flushFolder(requireNonNull(path.getParent()));
        } catch (IOException e) {
            throw storage("write " + path, e);
        }
    }

    private static void write(Path path, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void flushFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MeterlakeException storage(String action, IOException cause) {
        return new MeterlakeException(
                SnapshotErrorCode.SNAPSHOT_STORAGE,
                "Cannot " + action + ": " + cause,
                "Check that there is room on the disk and that you may read and write the lake's folder",
                cause);
    }
}
