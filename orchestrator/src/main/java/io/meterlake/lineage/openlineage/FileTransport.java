package io.meterlake.lineage.openlineage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Appends events to a file, one a line. Processes take turns by a lock on the file, and a line that a killed process
 * left half written is ended first, so it spoils no other.
 */
public final class FileTransport implements EventTransport {
    private final Path file;

    public FileTransport(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void send(String json) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Objects.requireNonNull(lock);
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean torn = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            ByteBuffer line = ByteBuffer.wrap(((torn ? "\n" : "") + json + "\n").getBytes(StandardCharsets.UTF_8));
            channel.position(end);
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
