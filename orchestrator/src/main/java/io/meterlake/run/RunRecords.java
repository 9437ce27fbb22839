package io.meterlake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.disk.DurableFile;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs on disk, {@code <runs.path>/<snapshot id>.json}, and what is being published of seeds alone. A record is
 * replaced in one step and brought to the disk before the call returns: it is the journal by which a run that was cut off
 * is finished. For the holder of the lake's lock for runs.
 */
public final class RunRecords {
    private static final String SUFFIX = ".json";
    /** There while seeds that were loaded alone are being published. */
    private static final String SEEDS = "seeds.publishing";

    private final Path folder;

    public RunRecords(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Where they are. */
    public Path folder() {
        return folder;
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

    /** The seeds whose publishing was begun and is not known to have ended, in their order. */
    List<Publication> unfinishedSeeds() {
        Path file = folder.resolve(SEEDS);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return List.of(JsonDocuments.read(Files.readString(file), Publication[].class));
        } catch (JsonProcessingException e) {
            throw new MeterlakeException(
                    RunErrorCode.RUN_FILES,
                    "Cannot read " + file + ": " + e.getOriginalMessage(),
                    "Move the file away and run `meterlake seed`.",
                    e);
        } catch (IOException e) {
            throw failure("read " + file, e);
        }
    }

    /** Notes that these seeds are going to be published. */
    void beginSeeds(List<Publication> seeds) {
        put(folder.resolve(SEEDS), JsonDocuments.document(seeds));
    }

    /** Notes that readers see them. */
    void endSeeds() {
        Path file = folder.resolve(SEEDS);
        try {
            Files.deleteIfExists(file);
            // Or it would come back with a loss of power, and take readers back to these seeds.
            DurableFile.forceFolder(folder);
        } catch (IOException e) {
            throw failure("remove " + file, e);
        }
    }

    /** Notes that a run's snapshot and builds are gone, on purpose. */
    public void noteDropped(RunRecord record) {
        write(record.with(RunRecord.Status.DROPPED));
    }

    void write(RunRecord record) {
        put(folder.resolve(record.snapshotId() + SUFFIX), JsonDocuments.document(record));
    }

    private void put(Path file, String text) {
        try {
            Files.createDirectories(folder);
            DurableFile.write(file, text);
        } catch (IOException e) {
            throw failure("write " + file, e);
        }
    }

    static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                RunErrorCode.RUN_FILES,
                "Cannot " + action + ": " + cause,
                "Check that runs.path is a folder that you may write to, on a disk with room.",
                cause);
    }
}
