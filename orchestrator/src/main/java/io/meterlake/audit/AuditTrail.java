package io.meterlake.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.disk.DurableFile;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trail on disk, {@code <audit.path>/audit-<month>.jsonl}: a line an entry. Each entry's hash covers the hash of the one
 * before, over the months, so one that is changed or taken out breaks the chain behind it. Any number of processes add to it
 * and read it at the same time.
 */
public final class AuditTrail {
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);
    private static final String PREFIX = "audit-";
    private static final String SUFFIX = ".jsonl";
    /** What a line is looked for in at first; most are shorter by far. */
    private static final int TAIL_BYTES = 1 << 14;

    private final Path folder;

    public AuditTrail(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** What takes the trail's lines. */
    private interface Reader {
        void line(Path file, long number, String text);
    }

    /**
     * Adds an entry, and brings it to the disk.
     *
     * @param entry not linked yet
     * @throws MeterlakeException {@code AUDIT_NOT_WRITTEN}
     */
    public AuditEntry append(AuditEntry entry) {
        // A process cannot lock a file that it holds a lock on already.
        synchronized (AuditTrail.class) {
            try {
                Files.createDirectories(folder);
                try (FileChannel lockFile = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = lockFile.lock()) {
                    Objects.requireNonNull(lock);
                    return appendLocked(entry);
                }
            } catch (IOException e) {
                throw new MeterlakeException(
                        AuditErrorCode.AUDIT_NOT_WRITTEN,
                        "Cannot write to the audit trail in %s: %s".formatted(folder, FailedIo.reason(e)),
                        "Make room there, or set audit.path to a folder that you may write to. What changes something is"
                                + " not done before it is written down.",
                        e);
            }
        }
    }

    private AuditEntry appendLocked(AuditEntry entry) throws IOException {
        List<Path> files = files();
        Optional<AuditLine> last = Optional.empty();
        for (int i = files.size() - 1; i >= 0 && last.isEmpty(); i--) {
            last = lastLine(files.get(i));
        }
        long number = last.map(line -> line.entry().number() + 1).orElse(1L);
        AuditEntry linked = entry.linked(number, last.map(AuditLine::hash).orElse(AuditLine.START));
        Path file = folder.resolve(PREFIX + MONTH.format(entry.time()) + SUFFIX);
        // A clock that was set back does not bring the files out of their order.
        if (!files.isEmpty() && files.getLast().compareTo(file) > 0) {
            file = files.getLast();
        }
        boolean isNew = !Files.exists(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String begin = endsWithin(channel) ? "\n" : "";
            ByteBuffer text = ByteBuffer.wrap((begin + AuditLine.of(linked).text() + "\n").getBytes(UTF_8));
            channel.position(channel.size());
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        if (isNew) {
            DurableFile.forceFolder(folder);
        }
        return linked;
    }

    /** Whether the last line has no end: who wrote it was killed, or its disk was full. */
    private static boolean endsWithin(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
    }

    private static Optional<AuditLine> lastLine(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            for (long length = Math.min(size, TAIL_BYTES); ; length = Math.min(size, 4 * length)) {
                ByteBuffer tail = ByteBuffer.allocate(Math.toIntExact(length));
                while (tail.hasRemaining() && channel.read(tail, size - length + tail.position()) >= 0) {}
                List<String> lines = new String(tail.array(), UTF_8).lines().toList();
                for (int i = lines.size() - 1; i >= 0; i--) {
                    Optional<AuditLine> line = AuditLine.parse(lines.get(i));
                    if (line.isPresent()) {
                        return line;
                    }
                }
                if (length == size) {
                    return Optional.empty();
                }
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]{4,}-[0-9]{2}" + SUFFIX))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause(), "it has one always");
        }
    }

    private void read(Reader reader) {
        try {
            for (Path file : files()) {
                // What a killed process wrote last may end within a letter, which a strict decoder would refuse.
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
                    long number = 0;
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        number++;
                        reader.line(file, number, line);
                    }
                }
            }
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    private MeterlakeException notRead(IOException cause) {
        return new MeterlakeException(
                AuditErrorCode.AUDIT_NOT_READ,
                "Cannot read the audit trail in %s: %s".formatted(folder, FailedIo.reason(cause)),
                "Check that you may read the folder audit.path and all in it.",
                cause);
    }

    /** All entries, the oldest first; lines that are none are left out, which {@link #check} tells of. */
    public List<AuditEntry> entries() {
        List<AuditEntry> entries = new ArrayList<>();
        read((file, number, text) -> AuditLine.parse(text).map(AuditLine::entry).ifPresent(entries::add));
        return entries;
    }

    /**
     * Follows the chain from its beginning.
     *
     * @param noted an entry that must be there, as an earlier check told of it
     */
    public AuditCheck check(Optional<AuditCheck.Mark> noted) {
        Follower follower = new Follower(noted);
        read(follower);
        return follower.found();
    }

    /** Goes from line to line. */
    private static final class Follower implements Reader {
        private final Optional<AuditCheck.Mark> noted;
        private final List<String> problems = new ArrayList<>();
        private final List<String> cutOff = new ArrayList<>();
        private Optional<AuditCheck.Mark> last = Optional.empty();
        private boolean isNotedThere;
        private long entries;

        Follower(Optional<AuditCheck.Mark> noted) {
            this.noted = noted;
        }

        @Override
        public void line(Path file, long number, String text) {
            String place = file.getFileName() + ":" + number;
            Optional<AuditLine> parsed = AuditLine.parse(text);
            if (parsed.isEmpty()) {
                if (text.endsWith("}")) {
                    problems.add(place + ": this is no entry, and not one that was cut off");
                } else {
                    cutOff.add(place);
                }
                return;
            }
            AuditLine line = parsed.get();
            AuditEntry entry = line.entry();
            String expected = last.map(AuditCheck.Mark::hash).orElse(AuditLine.START);
            if (!line.isAsWritten()) {
                problems.add(place + ": entry " + entry.number() + " is not what its hash was made from");
            } else if (!entry.previousHash().equals(expected)) {
                problems.add(place + ": what stood before entry " + entry.number() + " is gone or was changed");
            } else if (entry.number() != last.map(AuditCheck.Mark::number).orElse(0L) + 1) {
                problems.add(place + ": entry " + entry.number() + " does not have the next number");
            }
            AuditCheck.Mark mark = new AuditCheck.Mark(entry.number(), line.hash());
            isNotedThere |= noted.filter(mark::equals).isPresent();
            last = Optional.of(mark);
            entries++;
        }

        AuditCheck found() {
            if (noted.isPresent() && !isNotedThere) {
                problems.add("entry " + noted.get().number() + " with the hash "
                        + noted.get().hash() + " is not there");
            }
            return new AuditCheck(entries, last, problems, cutOff);
        }
    }
}
