package io.meterlake.run;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run that builds models, as it is kept in {@code runs.path}.
 *
 * @param snapshotId the snapshot that it reads; also the name of the run
 * @param command such as {@code build}
 * @param reads snapshots besides its own whose models it reads, since it was not asked to build them
 * @param publications what it publishes, in this order
 * @param verdict what it found out about its data; stays when its snapshot is dropped
 * @param inputs of each table that it read, what {@link PinnedTable#filesSha256()} says
 */
public record RunRecord(
        String snapshotId,
        String command,
        Instant started,
        Status status,
        List<String> reads,
        List<Publication> publications,
        Verdict verdict,
        Map<String, String> inputs) {

    /** How far a run has come. */
    public enum Status {
        /** Works are going on; or the process died in the middle of them. */
        RUNNING,
        /** All works are done and the views are being swapped; if the process dies, the next command goes on. */
        PUBLISHING,
        /** Readers see it, or saw it until a later run. */
        PUBLISHED,
        /** A work or a test failed, so nothing was published. Its builds stay until the next run. */
        FAILED,
        /** Its snapshot and builds are gone: it failed or was cut off, or retention dropped it. */
        DROPPED
    }

    /** What a run found out about the data that it read. */
    public enum Verdict {
        /** Nothing: it was cut off, or went well without being a build of everything with all tests. */
        NONE,
        /** Everything was built of them, and every test passed. */
        PASSED,
        /** A work or a test failed; known from the first one on, whatever becomes of the process. */
        FAILED
    }

    public RunRecord {
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(status, "status is null");
        reads = List.copyOf(reads);
        publications = List.copyOf(publications);
        // Records of before they were kept lack them.
        verdict = requireNonNullElse(verdict, Verdict.NONE);
        inputs = Map.copyOf(requireNonNullElse(inputs, Map.of()));
    }

    RunRecord with(Status changed) {
        return new RunRecord(snapshotId, command, started, changed, reads, publications, verdict, inputs);
    }

    RunRecord with(Verdict found) {
        return new RunRecord(snapshotId, command, started, status, reads, publications, found, inputs);
    }

    RunRecord with(List<String> otherReads, List<Publication> toPublish) {
        return new RunRecord(snapshotId, command, started, status, otherReads, toPublish, verdict, inputs);
    }

    /** Whether it read what a snapshot pins, under whatever name. */
    public boolean readTheDataOf(Snapshot snapshot) {
        return !snapshot.tables().isEmpty()
                && snapshot.tables().stream()
                        .allMatch(table -> table.filesSha256().equals(inputs.get(table.table())));
    }

    static Map<String, String> inputs(Snapshot snapshot) {
        return snapshot.tables().stream().collect(Collectors.toMap(PinnedTable::table, PinnedTable::filesSha256));
    }
}
