package io.meterlake.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells that the process of a run lives: the operating system holds a lock on a file for it, and frees it when the process
 * is killed. A run that ends takes the file away. Thread-safe.
 */
final class RunLock implements AutoCloseable {
    static final String SUFFIX = ".lock";

    /** Of this process. To open such a file once more and close it would free its lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock of an id; empty if there is or was a run of it already. */
    static Optional<RunLock> take(Path folder, String id) throws IOException {
        Path file = folder.resolve(id + SUFFIX);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
        HELD.add(file);
        RunLock lock = new RunLock(file, channel);
        boolean isNew = false;
        try {
            isNew = channel.tryLock() != null && !Files.exists(LogLinesFile.of(folder, id));
        } finally {
            if (!isNew) {
                lock.close();
            }
        }
        return isNew ? Optional.of(lock) : Optional.empty();
    }

    /** Whether the process of a run lives. */
    static boolean isHeld(Path folder, String id) throws IOException {
        Path file = folder.resolve(id + SUFFIX);
        if (HELD.contains(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The file goes while it is locked still, or a reader would see a run that is over and has no end. */
    @Override
    public void close() throws IOException {
        try (FileChannel held = channel) {
            Objects.requireNonNull(held);
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(file);
        }
    }
}
