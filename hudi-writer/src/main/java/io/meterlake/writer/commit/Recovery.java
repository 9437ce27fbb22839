package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.BucketChange;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.CommittedFiles.DescribedCommit;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.LakeTables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;

/**
 * Brings a lake in order that a writer left in the middle of a commit: completes the changes of a commit that took effect,
 * takes back what no reader has seen, and gives the ledger what was committed. For the holder of the lake's lock.
 */
public final class Recovery {
    private Recovery() {}

    /**
     * Recovers, and reads the ledger as it is then.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}, {@code COMMIT_INCOMPLETE}; {@code LAKE_LOCKED} if another program has
     *     a commit in flight and gives signs of life
     */
    public static Ledger run(Lake lake) {
        try {
            return recovered(lake);
        } catch (FSError e) {
            // What Hadoop makes of a disk that refuses.
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot take back or complete what an earlier command left in %s: %s"
                            .formatted(lake.config().root(), e.getMessage()),
                    "Make room on the lake's disk, some megabytes, and run the command again",
                    e);
        }
    }

    private static Ledger recovered(Lake lake) {
        LakeTable readings = lake.table(LakeTables.METER_READINGS.name());
        LakeTable changes = lake.table(LakeTables.READING_CHANGES.name());
        // Before anything is taken back: what a committed file replaced is not to be lost.
        completeChanges(changes, readings.metaClient());
        takeBackUnfinished(changes);
        takeBackUnfinished(readings);
        changes.deleteLateFiles();
        readings.deleteLateFiles();
        new BucketChange(readings).settle();
        return finish(lake);
    }

    /**
     * Only completes what belongs to a commit, its changes and its ledger row, and reads the ledger as it is then. For the
     * holder of the lake's lock who only reads: what is in flight is not seen, and may be a slow foreign writer's who is
     * still at work.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}, {@code COMMIT_INCOMPLETE}
     */
    public static Ledger finish(Lake lake) {
        HoodieTableMetaClient metaClient =
                lake.table(LakeTables.METER_READINGS.name()).metaClient();
        completeChanges(lake.table(LakeTables.READING_CHANGES.name()), metaClient);
        Ledger ledger = Ledger.read(lake);
        List<LedgerRow> missing = missing(metaClient, ledger);
        if (!missing.isEmpty()) {
            ledger.write(missing);
        }
        return ledger;
    }

    /**
     * Whether a commit of readings lacks its changes or its ledger row. For the holder of the commit lock: a writer that
     * lives holds that lock until both are there, so the one that left this is dead, or gave up.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public static boolean isBehind(Lake lake) {
        HoodieTableMetaClient metaClient =
                lake.table(LakeTables.METER_READINGS.name()).metaClient();
        return incompleteChanges(lake.table(LakeTables.READING_CHANGES.name()), metaClient)
                        .isPresent()
                || !missing(metaClient, Ledger.read(lake)).isEmpty();
    }

    private static void completeChanges(LakeTable changes, HoodieTableMetaClient readings) {
        incompleteChanges(changes, readings).ifPresent(pending -> pending.complete(changes));
    }

    /**
     * Nobody commits readings before the changes of the commit before are complete: so only the newest commit that is
     * ours can lack them.
     */
    private static Optional<PendingChanges> incompleteChanges(LakeTable changes, HoodieTableMetaClient readings) {
        Set<String> unfinished = changes.metaClient()
                .getActiveTimeline()
                .filterInflightsAndRequested()
                .getInstantsAsStream()
                .map(HoodieInstant::requestedTime)
                .collect(Collectors.toSet());
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        if (readings.getActiveTimeline().empty()) {
            // Hudi takes a timeline that it can't list for an empty one; taking the changes back now might lose them.
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot tell what became of the commit " + String.join(", ", unfinished)
                            + " to reading_changes: the timeline of meter_readings is empty, and only readings that are"
                            + " there can change",
                    "Check that the folder " + readings.getTimelinePath() + " is there and that you may read it");
        }
        return ours(readings)
                .findFirst()
                .flatMap(commit -> PendingChanges.of(commit.metadata()))
                .filter(pending -> unfinished.contains(pending.instant()));
    }

    private static void takeBackUnfinished(LakeTable table) {
        HoodieTableMetaClient metaClient = table.metaClient();
        if (metaClient.getActiveTimeline().filterInflightsAndRequested().empty()) {
            return;
        }
        // Who has lost the lock would take back what the new holder is writing.
        table.requireLocks();
        StartedCommit.endSigns(metaClient);
        try (HoodieJavaWriteClient<?> client = table.recoveryClient()) {
            client.rollbackFailedWrites(metaClient);
        }
        refuseLiving(table);
    }

    /** What our commit would not have seen, or would hide, is better known before a file is read than after all is written. */
    private static void refuseLiving(LakeTable table) {
        table.metaClient()
                .getActiveTimeline()
                .getWriteTimeline()
                .filterInflightsAndRequested()
                .firstInstant()
                .ifPresent(pending -> {
                    if (!StartedCommit.ACTIONS.contains(pending.getAction())) {
                        throw new MeterlakeException(
                                LakeErrorCode.LAKE_LOCKED,
                                "Cannot write to " + table.definition().name() + ": another program has planned the "
                                        + pending.getAction() + " " + pending.requestedTime()
                                        + ", which rewrites files and has not been completed",
                                "Let that program run it or take it back, and run the command again");
                    }
                    throw new MeterlakeException(
                            LakeErrorCode.LAKE_LOCKED,
                            "Cannot write to " + table.definition().name() + ": another program has the commit "
                                    + pending.requestedTime() + " in flight, and gives signs of life",
                            "Let it end (it may be Spark), or end it, and run the command again. What a program leaves that"
                                    + " dies is taken back two minutes after its last sign of life");
                });
    }

    /** A writer that finds a commit missing in the ledger writes it there before its own: so the first hit ends it. */
    private static List<LedgerRow> missing(HoodieTableMetaClient metaClient, Ledger ledger) {
        List<LedgerRow> missing = new ArrayList<>();
        Iterator<DescribedCommit> commits = ours(metaClient).iterator();
        while (commits.hasNext()) {
            DescribedCommit commit = commits.next();
            List<LedgerRow> rows =
                    LedgerRow.ofJson(requireNonNull(commit.metadata().get(ReadingsCommit.LEDGER_KEY)));
            List<LedgerRow> unknown =
                    rows.stream().filter(row -> !isIngested(ledger, row)).toList();
            if (!rows.isEmpty() && unknown.isEmpty()) {
                break;
            }
            unknown.forEach(row -> missing.add(row.committed(LakeTable.completed(commit.instant()))));
        }
        return missing;
    }

    /** Our commits of readings, the newest first. Other programs archive as they like, also what we have not finished. */
    private static Stream<DescribedCommit> ours(HoodieTableMetaClient readings) {
        return Stream.<Supplier<Stream<DescribedCommit>>>of(
                        () -> CommittedFiles.newestFirst(readings).stream()
                                .map(instant ->
                                        new DescribedCommit(instant, CommittedFiles.metadata(readings, instant))),
                        () -> CommittedFiles.archivedNewestFirst(readings))
                .flatMap(Supplier::get)
                .filter(commit -> commit.metadata().containsKey(ReadingsCommit.LEDGER_KEY));
    }

    private static boolean isIngested(Ledger ledger, LedgerRow row) {
        return ledger.find(row.fileChecksum())
                .filter(present -> present.isOfTry(row))
                .isPresent();
    }
}
