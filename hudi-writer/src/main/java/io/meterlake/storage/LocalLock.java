package io.meterlake.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock on a file, which is made if missing, with its folder. The operating system holds it, so a killed process frees
 * it at once, and nothing has to be cleaned up. The holder's process id stands in the file if it has it alone.
 *
 * <p>Hudi's own FileSystemBasedLockProvider is no alternative: several writers get it at once, and a waiter's close
 * deletes the holder's lock.
 */
record LocalLock(Path file) implements ProcessLock, SharedLock {
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Override
    public Optional<HeldLock> tryTake() throws IOException {
        Optional<HeldLock> held = open(false);
        if (held.isPresent()) {
            FileChannel channel = ((Held) held.get()).channel;
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            try {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(pid), 0);
            } catch (IOException e) {
                // As on a full disk: the lock is not kept by a channel that nobody has.
                channel.close();
                throw e;
            }
        }
        return held;
    }

    @Override
    public Optional<HeldLock> tryShare() throws IOException {
        return open(true);
    }

    @Override
    public Optional<HeldLock> tryTakeAlone() throws IOException {
        return open(false);
    }

    private Optional<HeldLock> open(boolean shared) throws IOException {
        Files.createDirectories(requireNonNull(file.getParent()));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            held = lock != null;
        } finally {
            if (!held) {
                channel.close();
            }
        }
        return held ? Optional.of(new Held(channel)) : Optional.empty();
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    /** Nobody yet if the lock was taken only just now. */
    @Override
    public String holder() {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException e) {
            return "another process";
        }
    }

    private record Held(FileChannel channel) implements HeldLock {
        @Override
        public boolean isStillHeld() {
            return true;
        }

        /** The file stays: deleting it would let two others in, one by the old file and one by a new one. */
        @Override
        public void release() throws IOException {
            channel.close();
        }
    }
}
