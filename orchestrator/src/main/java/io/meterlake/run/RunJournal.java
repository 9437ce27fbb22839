package io.meterlake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.disk.DurableFile;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come, a line for each work that has ended, so that {@code retry} can go on with a run that was killed.
 * Its first line says what the run was asked to do. It is {@code <runs.path>/next.progress} until the run has a snapshot,
 * and {@code <runs.path>/<run>/progress.jsonl} then. A line that a loss of power takes away means a work that is done
 * again. For the holder of the lake's lock for runs.
 */
public final class RunJournal implements RunListener {
    private static final String ANNOUNCED = "next.progress";
    private static final String FILE = "progress.jsonl";

    private final Path folder;
    private final RunPurpose purpose;
    private Path file;

    private RunJournal(Path folder, RunPurpose purpose, Path file) {
        this.folder = folder;
        this.purpose = purpose;
        this.file = file;
    }

    /** What is on disk of a run's journal; {@code done} in the order in which they ended. */
    public record Kept(RunPurpose purpose, List<DoneWork> done) {
        public Kept {
            done = List.copyOf(done);
        }
    }

    /** Notes what a run is going to do, before it does anything. */
    static RunJournal announce(Path runs, RunPurpose purpose) {
        RunJournal journal = new RunJournal(runs, purpose, runs.resolve(ANNOUNCED));
        journal.write();
        return journal;
    }

    /** Goes on with that of a run; what still counts as done is noted once more. */
    static RunJournal resume(Path runs, String snapshotId, RunPurpose purpose) {
        RunJournal journal = new RunJournal(runs, purpose, file(runs, snapshotId));
        journal.write();
        return journal;
    }

    /** The run that was announced and has not come so far as to have a snapshot, or did not need one. */
    public static Optional<Kept> announced(Path runs) {
        return read(runs.resolve(ANNOUNCED));
    }

    /** That of a run with a snapshot. */
    public static Optional<Kept> of(Path runs, String snapshotId) {
        return read(file(runs, snapshotId));
    }

    private static Path file(Path runs, String snapshotId) {
        return runs.resolve(snapshotId).resolve(FILE);
    }

    /** The run has a snapshot, and a record. */
    void moveTo(String snapshotId) {
        Path moved = file(folder, snapshotId);
        try {
            Files.createDirectories(moved.getParent());
            Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
            file = moved;
        } catch (IOException e) {
            throw RunRecords.failure("move " + file, e);
        }
    }

    /** A run without a snapshot has ended, and its results are written. */
    void forget() {
        try {
            Files.deleteIfExists(folder.resolve(ANNOUNCED));
        } catch (IOException e) {
            throw RunRecords.failure("remove " + folder.resolve(ANNOUNCED), e);
        }
    }

    @Override
    public void ended(int position, int total, WorkResult result) {
        try {
            Files.writeString(file, JsonDocuments.compact(DoneWork.of(result)) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw RunRecords.failure("write " + file, e);
        }
    }

    private void write() {
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, JsonDocuments.compact(purpose) + "\n");
        } catch (IOException e) {
            throw RunRecords.failure("write " + file, e);
        }
    }

    private static Optional<Kept> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            RunPurpose purpose = JsonDocuments.read(lines.getFirst(), RunPurpose.class);
            List<DoneWork> done = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                try {
                    done.add(JsonDocuments.read(line, DoneWork.class));
                } catch (JsonProcessingException e) {
                    // Half a line: the process was killed, or the machine stopped. What it tells of is done again.
                }
            }
            return Optional.of(new Kept(purpose, done));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw RunRecords.failure("read " + file, e);
        }
    }
}
