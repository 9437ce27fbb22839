package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CleanedSpace;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import io.meterlake.lake.WriterLock;
import io.meterlake.writer.commit.Recovery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieTimeline;

/**
 * Sees to it that the cleaner leaves the files of listed snapshots alone. No policy of Hudi's takes a file that a
 * savepoint lists; so what lets it take one is a savepoint that somebody else deleted, or a partition whose live files
 * somebody else replaced all: Hudi then deletes the folder with all that is in it. Thread-safe.
 */
public final class SnapshotProtection {
    private final Lake lake;
    private final SnapshotRows rows;

    public SnapshotProtection(Lake lake) {
        this.lake = requireNonNull(lake, "lake is null");
        this.rows = new SnapshotRows(lake);
    }

    /** A table of a snapshot that the cleaner may take files of. */
    public record Gap(String snapshotId, String table, String reason) {
        public Gap {
            requireNonNull(snapshotId, "snapshotId is null");
            requireNonNull(table, "table is null");
            requireNonNull(reason, "reason is null");
        }

        /** One line for people. */
        public String text() {
            return "snapshot " + snapshotId + ", " + table + ": " + reason;
        }
    }

    /** Whether savepoints are gone or folders are doomed. Looks at timelines only, so that it can precede each ingest. */
    public List<Gap> gaps() {
        return gaps(false);
    }

    /** The same, and whether the savepoints list each file of the snapshots. Reads all lists. */
    public List<Gap> gapsByFile() {
        return gaps(true);
    }

    /**
     * Refuses to go on to where a clean could take files of a snapshot.
     *
     * @param action such as {@code ingest}
     * @throws MeterlakeException {@code UNPROTECTED_SNAPSHOT}
     */
    public void require(String action) {
        List<Gap> gaps = gaps();
        if (!gaps.isEmpty()) {
            throw new MeterlakeException(
                    SnapshotErrorCode.UNPROTECTED_SNAPSHOT,
                    "Cannot " + action + ": the cleaner could take files of "
                            + gaps.stream().map(Gap::text).limit(3).collect(Collectors.joining("; "))
                            + (gaps.size() > 3 ? "; and " + (gaps.size() - 3) + " more" : ""),
                    "Run `./meterlake snapshot protect " + gaps.getFirst().snapshotId()
                            + "`, which makes the savepoints again; or drop the snapshot if nobody needs it");
        }
    }

    /**
     * Deletes now what neither the cleaner's policy nor a snapshot keeps, in all data tables.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} while somebody ingests, {@code UNPROTECTED_SNAPSHOT},
     *     {@code LAKE_STORAGE}; it may be tried again
     */
    public List<CleanedSpace> clean() {
        try (WriterLock writer = lake.lock();
                CommitLock commit = lake.commitLock()) {
            requireNonNull(writer);
            requireNonNull(commit);
            // First: what completes a commit of a dead writer's is a commit, too, and cleans.
            require("clean the lake");
            Recovery.run(lake);
            return LakeTables.DATA.stream()
                    .map(table -> lake.table(table.name()).clean())
                    .toList();
        }
    }

    private List<Gap> gaps(boolean byFile) {
        List<Snapshot> snapshots = rows.read().active();
        List<Gap> gaps = new ArrayList<>();
        for (TableDefinition definition : LakeTables.DATA) {
            LakeTable table = lake.table(definition.name());
            Set<String> present = new Savepoints(table).completed();
            for (Snapshot snapshot : snapshots) {
                snapshot.table(definition.name()).ifPresent(pinned -> {
                    List<String> missing = pinned.savepoints().stream()
                            .filter(commit -> !present.contains(commit))
                            .toList();
                    if (!missing.isEmpty()) {
                        gaps.add(new Gap(
                                snapshot.id(),
                                definition.name(),
                                "Hudi's savepoints are gone: " + String.join(", ", missing)));
                    } else if (byFile) {
                        uncovered(snapshot, pinned, table, gaps);
                    }
                });
            }
            doomed(table, snapshots, gaps);
        }
        return List.copyOf(gaps);
    }

    private void uncovered(Snapshot snapshot, PinnedTable pinned, LakeTable table, List<Gap> gaps) {
        try {
            Set<String> covered = new Savepoints(table).files(pinned.savepoints());
            long open = files(snapshot, pinned).stream()
                    .filter(file -> !covered.contains(Savepoints.key(file.partition(), file.fileName())))
                    .count();
            if (open > 0) {
                gaps.add(new Gap(snapshot.id(), pinned.table(), "no savepoint lists " + open + " of its files"));
            }
        } catch (MeterlakeException e) {
            gaps.add(new Gap(snapshot.id(), pinned.table(), String.valueOf(e.getMessage())));
        }
    }

    private List<PinnedFile> files(Snapshot snapshot, PinnedTable pinned) {
        return new SnapshotFolder(lake, snapshot.id()).readList(pinned);
    }

    /** Only where file groups were replaced, or somebody else was at work: Meterlake finishes its cleans. */
    private void doomed(LakeTable table, List<Snapshot> snapshots, List<Gap> gaps) {
        HoodieTableMetaClient metaClient = table.metaClient();
        HoodieTimeline timeline = metaClient.getActiveTimeline();
        boolean replaced = !timeline.getCompletedReplaceTimeline()
                .filterCompletedInstants()
                .empty();
        boolean pending =
                !timeline.getCleanerTimeline().filterInflightsAndRequested().empty();
        if (!replaced && !pending) {
            return;
        }
        String name = table.definition().name();
        try {
            Set<String> planned = CleanedFiles.planned(metaClient);
            Set<String> live = new HashSet<>();
            if (replaced) {
                table.latestBaseFiles(table.partitionPaths()).forEach((partition, files) -> {
                    if (!files.isEmpty()) {
                        live.add(partition);
                    }
                });
            }
            for (Snapshot snapshot : snapshots) {
                if (snapshot.table(name).isEmpty()) {
                    continue;
                }
                List<PinnedFile> files = files(snapshot, snapshot.table(name).get());
                files.stream()
                        .filter(file -> planned.contains(file.fileName()))
                        .findFirst()
                        .ifPresent(file -> gaps.add(
                                new Gap(snapshot.id(), name, file.fileName() + " is in a clean that was begun")));
                files.stream()
                        .map(PinnedFile::partition)
                        .filter(partition -> replaced && !live.contains(partition))
                        .findFirst()
                        .ifPresent(partition -> gaps.add(new Gap(
                                snapshot.id(),
                                name,
                                "another program replaced all files of " + partition
                                        + ", and Hudi's cleaner would delete that folder")));
            }
        } catch (IOException e) {
            gaps.add(new Gap("", name, "its timeline can't be read: " + e));
        }
    }
}
