package io.meterlake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs on disk, {@code <runs.path>/<snapshot id>.json}. A record is replaced in one step and brought to the disk
 * before the call returns: it is the journal by which a run that was cut off is finished. For the holder of the
 * lake's lock for runs.
 */
public final class RunRecords {
    private static final String SUFFIX = ".json";

    private final Path folder;

    public RunRecords(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** All runs, the oldest first. */
    public List<RunRecord> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<RunRecord> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                records.add(read(file));
            }
        } catch (IOException e) {
            throw failure("list the runs in " + folder, e);
        }
        return records;
    }

    private static RunRecord read(Path file) {
        try {
            return JsonDocuments.read(Files.readString(file), RunRecord.class);
        } catch (JsonProcessingException e) {
            throw new MeterlakeException(
                    RunErrorCode.RUN_FILES,
                    "Cannot read " + file + ": " + e.getOriginalMessage(),
                    "Move the file away. If it was a run that had not published yet, run `meterlake build` again.",
                    e);
        } catch (IOException e) {
            throw failure("read " + file, e);
        }
    }

    void write(RunRecord record) {
        Path file = folder.resolve(record.snapshotId() + SUFFIX);
        Path making = folder.resolve(record.snapshotId() + ".making");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    making,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(JsonDocuments.document(record).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw failure("write " + file, e);
        }
    }

    private static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                RunErrorCode.RUN_FILES,
                "Cannot " + action + ": " + cause,
                "Check that runs.path is a folder that you may write to, on a disk with room.",
                cause);
    }
}
