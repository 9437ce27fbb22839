package io.meterlake.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** The disks of this machine. What is written is brought to the disk before anything names it. */
final class LocalDisk implements Storage {
    static final LocalDisk INSTANCE = new LocalDisk();

    private LocalDisk() {}

    @Override
    public String location(Path path) {
        return "file://" + path;
    }

    /** The metastore may write {@code file:/} for {@code file:///}. */
    @Override
    public boolean isAt(String location, Path path) {
        return path(location).filter(there -> there.normalize().equals(path)).isPresent()
                || URI.create("file:///").resolve(path.toUri()).toString().equals(location);
    }

    @Override
    public Optional<Path> path(String location) {
        if (!location.startsWith("file:")) {
            return location.startsWith("/") ? Optional.of(Path.of(location)) : Optional.empty();
        }
        return Optional.of(Path.of(location.substring("file:".length()).replaceFirst("^/+", "/")));
    }

    /** As a hard link; copied where the disk has none. */
    @Override
    public void share(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            copy(file, name);
        }
    }

    private static void copy(Path file, Path name) throws IOException {
        try {
            Files.copy(file, name);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            // A part of it, on a full disk.
            Files.deleteIfExists(name);
            throw e;
        }
    }

    @Override
    public Configuration hadoop() {
        // Without Hadoop's defaults, which are in its code as well: Hudi copies this for every view of a table.
        Configuration hadoop = new Configuration(false);
        hadoop.setClass("fs.file.impl", LocalFiles.class, FileSystem.class);
        return hadoop;
    }

    @Override
    public OutputFile output(Path file) {
        return new LocalOutputFile(file);
    }

    @Override
    public InputFile input(Path file) {
        return new LocalInput(file);
    }

    /** A process that is killed leaves at most a hidden file beside it, which the next writer takes the place of. */
    @Override
    public void replace(Path file, String text) throws IOException {
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

    @Override
    public void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Map<Path, Long> filesBelow(Path folder, String suffix) throws IOException {
        Map<Path, Long> files = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path :
                    paths.filter(file -> file.toString().endsWith(suffix)).toList()) {
                files.put(path, Files.size(path));
            }
        }
        return files;
    }

    /** On the lake's own disk, which has room for what is spilled later anyway. */
    @Override
    public Path scratch(Path root) {
        return root.resolve(".meterlake-spill");
    }

    @Override
    public ProcessLock lock(Path file) {
        return new LocalLock(file);
    }

    @Override
    public SharedLock sharedLock(Path file) {
        return new LocalLock(file);
    }
}
