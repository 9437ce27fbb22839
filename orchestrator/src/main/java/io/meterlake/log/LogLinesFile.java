package io.meterlake.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a run on disk, {@code <id>.jsonl}. When it has become large it is moved to {@code <id>.earlier.jsonl}, in the
 * place of what was there, and begun anew with the first line. Not thread-safe.
 */
final class LogLinesFile implements AutoCloseable {
    static final String SUFFIX = ".jsonl";
    static final String EARLIER_SUFFIX = ".earlier.jsonl";

    /** A command that goes on for months keeps what it said last: twice as much at most. */
    static final long LARGEST_BYTES = 8 << 20;

    private final Path folder;
    private final String id;
    private final LogLine first;
    private FileChannel channel;
    private long bytes;

    private LogLinesFile(Path folder, String id, LogLine first, FileChannel channel) {
        this.folder = folder;
        this.id = id;
        this.first = first;
        this.channel = channel;
    }

    static Path of(Path folder, String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** Makes the file, with its first line. */
    static LogLinesFile create(Path folder, String id, LogLine first) throws IOException {
        LogLinesFile file = new LogLinesFile(folder, id, first, open(folder, id));
        file.begin();
        return file;
    }

    private static FileChannel open(Path folder, String id) throws IOException {
        return FileChannel.open(of(folder, id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private void begin() throws IOException {
        bytes = 0;
        write(first);
        // The machine may lose its power in the night; that the command had begun is known then.
        channel.force(true);
    }

    void append(LogLine line) throws IOException {
        if (bytes > LARGEST_BYTES) {
            channel.close();
            Files.move(
                    of(folder, id),
                    folder.resolve(id + EARLIER_SUFFIX),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            channel = open(folder, id);
            begin();
        }
        write(line);
    }

    private void write(LogLine line) throws IOException {
        ByteBuffer text = ByteBuffer.wrap((line.json() + "\n").getBytes(UTF_8));
        bytes += text.remaining();
        while (text.hasRemaining()) {
            channel.write(text);
        }
    }

    @Override
    public void close() throws IOException {
        try (FileChannel open = channel) {
            open.force(true);
        }
    }

    /** The lines of a run since its log was begun anew, if it ever was; what is no line is left out. */
    static List<LogLine> read(Path folder, String id) throws IOException {
        return lines(of(folder, id));
    }

    /** All lines of a run that are kept. */
    static List<LogLine> readAll(Path folder, String id) throws IOException {
        List<LogLine> all = new ArrayList<>(lines(folder.resolve(id + EARLIER_SUFFIX)));
        all.addAll(read(folder, id));
        return all;
    }

    private static List<LogLine> lines(Path file) throws IOException {
        try {
            // What a killed process wrote last may end within a letter.
            return new String(Files.readAllBytes(file), UTF_8)
                    .lines()
                    .map(LogLine::parse)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
