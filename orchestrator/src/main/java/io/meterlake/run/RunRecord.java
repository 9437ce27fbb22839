package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A run that builds models, as it is kept in {@code runs.path}.
 *
 * @param snapshotId the snapshot that it reads; also the name of the run
 * @param command such as {@code build}
 * @param reads snapshots besides its own whose models it reads, since it was not asked to build them
 * @param publications what it publishes, in this order
 */
public record RunRecord(
        String snapshotId,
        String command,
        Instant started,
        Status status,
        List<String> reads,
        List<Publication> publications) {

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

    public RunRecord {
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(status, "status is null");
        reads = List.copyOf(reads);
        publications = List.copyOf(publications);
    }

    RunRecord with(Status changed) {
        return new RunRecord(snapshotId, command, started, changed, reads, publications);
    }
}
