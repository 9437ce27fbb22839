package io.meterlake.cli;

import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import io.meterlake.writer.IngestStep;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long the stages of each file's ingest take, and passes on what it is told. Readings are sorted while they
 * are read, and merged while they are written. From the sort on, files that are committed together share their stages.
 */
final class IngestStages implements IngestListener {
    private static final String LEDGER = "ledger";
    private static final Map<IngestStep, String> NAMES = new EnumMap<>(Map.of(
            IngestStep.OPENED, "open",
            IngestStep.READ, "read",
            IngestStep.SORTED, "sort",
            IngestStep.REJECTS_WRITTEN, "rejects",
            IngestStep.PARTITIONS_REGISTERED, "compare",
            IngestStep.COMMIT_STARTED, "start_commit",
            IngestStep.FILES_WRITTEN, "write",
            IngestStep.CHANGES_WRITTEN, "changes",
            IngestStep.COMMITTED, "commit",
            IngestStep.CHANGES_COMMITTED, "commit_changes"));

    private final IngestListener next;
    private final Map<Path, Map<String, Double>> secondsOfFiles = new HashMap<>();
    private final InstantSource clock;
    private Instant last;
    private IngestStep lastStep = IngestStep.OPENED;
    private double lastSeconds;

    IngestStages(IngestListener next, InstantSource clock) {
        this.next = next;
        this.clock = clock;
        this.last = clock.instant();
    }

    /** The stages that a file went through and how many seconds each took, in their order. */
    Map<String, Double> seconds(Path file) {
        return secondsOfFiles.getOrDefault(file, Map.of());
    }

    /** Keeps nothing of a file any more. */
    void forget(Path file) {
        secondsOfFiles.remove(file);
    }

    @Override
    public void started(Path file, long sizeBytes) {
        next.started(file, sizeBytes);
    }

    @Override
    public void read(Path file, long bytes, long rows) {
        next.read(file, bytes, rows);
    }

    @Override
    public void reached(Path file, IngestStep step) {
        // What was done for several files at once took each of them as long.
        if (step != lastStep || step.compareTo(IngestStep.SORTED) < 0) {
            Instant now = clock.instant();
            lastSeconds = Duration.between(last, now).toMillis() / 1e3;
            lastStep = step;
            last = now;
        }
        secondsOfFiles
                .computeIfAbsent(file, absent -> new LinkedHashMap<>())
                // A file that is begun anew goes through some of them twice.
                .merge(NAMES.getOrDefault(step, LEDGER), lastSeconds, Double::sum);
        next.reached(file, step);
    }

    @Override
    public void written(List<Path> files, int filesWritten, int filesToWrite) {
        next.written(files, filesWritten, filesToWrite);
    }

    @Override
    public void finished(IngestOutcome outcome) {
        last = clock.instant();
        lastStep = IngestStep.OPENED;
        next.finished(outcome);
    }
}
