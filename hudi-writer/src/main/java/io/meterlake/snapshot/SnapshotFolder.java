package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.disk.DurableFile;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeFiles;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies on disk of a snapshot: {@code snapshot.json}, a list of files for each table, and for Trino a manifest in a
 * folder for each partition. All of it is on the disk before the snapshot is listed.
 */
final class SnapshotFolder {
    private static final String MANIFEST = "manifest";
    private static final String DESCRIPTION = "snapshot.json";
    private static final String LIST_SUFFIX = ".files.csv";
    /** There as long as the snapshot is being made. */
    private static final String MARKER = ".creating";
    /** How many manifests are on their way to the disk at a time. */
    private static final int WRITERS = 16;

    private final Path lakeRoot;
    private final Path folder;

    SnapshotFolder(Lake lake, String id) {
        this.lakeRoot = lake.config().root();
        this.folder = lake.snapshotsFolder().resolve(id);
    }

    /** The ids of snapshots that a process began to make and did not finish. */
    static List<String> unfinished(Lake lake) {
        try (Stream<Path> folders = Files.list(lake.snapshotsFolder())) {
            return folders.filter(folder -> LakeFiles.exists(folder.resolve(MARKER)))
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
        return LakeFiles.exists(folder);
    }

    /** Makes the folder, and notes in it that the snapshot is not there yet. */
    void announce() {
        try {
            Files.createDirectories(folder);
            DurableFile.write(
                    folder.resolve(MARKER),
                    "This snapshot is being made; the next command takes back what a crash left.\n");
            DurableFile.forceFolder(requireNonNull(folder.getParent()));
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

    /** Writes the manifests of a table, as far as they are missing or wrong, and brings them to the disk. */
    void writeManifests(String table, List<PinnedFile> files) {
        Path tableFolder = tableFolder(table);
        try {
            Files.createDirectories(tableFolder);
            // All at a time: a disk brings many files home in the time that it takes for one.
            try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
                List<Future<?>> written = new ArrayList<>();
                manifests(files)
                        .forEach((partition, text) -> written.add(writers.submit(() -> {
                            writeManifest(manifestPath(table, partition), text);
                            return null;
                        })));
                for (Future<?> one : written) {
                    one.get();
                }
            }
            DurableFile.forceFolder(tableFolder);
            DurableFile.forceFolder(folder);
        } catch (IOException e) {
            throw storage("write the manifests of " + table + " to " + folder, e);
        } catch (ExecutionException e) {
            IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            throw storage("write the manifests of " + table + " to " + folder, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw storage("write the manifests of " + table + " to " + folder, new InterruptedIOException());
        }
    }

    private static void writeManifest(Path path, String text) throws IOException {
        if (!hasText(path, text)) {
            Files.createDirectories(requireNonNull(path.getParent()));
            DurableFile.write(path, text);
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
                        Collectors.mapping(this::manifestLine, Collectors.joining())));
    }

    private String manifestLine(PinnedFile file) {
        Path path = file.path(lakeRoot);
        return Storage.of(path).location(path) + "\n";
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
            if (!LakeFiles.exists(folder)) {
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
        try {
            DurableFile.write(path, text);
        } catch (IOException e) {
            throw storage("write " + path, e);
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
