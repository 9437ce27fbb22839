package io.meterlake.run;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time build a project: another one's half-made tables look like leftovers. The operating system
 * frees it when the process ends, however it ends.
 */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock without waiting.
     *
     * @param what the lock guards, for the message
     * @throws MeterlakeException {@code RUN_LOCKED}
     */
    public static RunLock acquire(Path file, String what) {
        FileChannel channel = null;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new RunLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new MeterlakeException(
                    RunErrorCode.RUN_FILES,
                    "Cannot lock " + file + ": " + FailedIo.reason(e),
                    "Check that the folder can be written to.",
                    e);
        }
        throw new MeterlakeException(
                RunErrorCode.RUN_LOCKED,
                "Cannot work on " + what + ": another meterlake process is at it (" + file + ")",
                "Wait until it has ended and try again.");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new MeterlakeException(
                    RunErrorCode.RUN_FILES, "Cannot free the lock: " + FailedIo.reason(e), "Check the disk that holds it.", e);
        }
    }
}
