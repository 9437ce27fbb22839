package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.marker.MarkerType;
import org.apache.hudi.common.table.timeline.HoodieInstantTimeGenerator;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.exception.HoodieException;
import org.apache.hudi.table.HoodieTable;
import org.apache.hudi.table.marker.MarkerBasedRollbackUtils;
import org.apache.hudi.table.marker.WriteMarkers;
import org.apache.hudi.table.marker.WriteMarkersFactory;

/**
 * Files that a writer wrote after somebody else had rolled its commit back: its process stood still for long, or it did not
 * ask. Readers pass over them only as long as the active timeline begins before their instant; once archiving is past it,
 * they take them for committed. A marker is made before its file, so the markers left behind tell which files there are; a file
 * without one is deleted by its writer.
 */
final class LateFiles {
    private static final int PARALLELISM = 2;

    private final LakeTable table;
    private final HoodieTable<?, ?, ?, ?> hudi;
    private final HoodieEngineContext context;

    LateFiles(LakeTable table, HoodieTable<?, ?, ?, ?> hudi, HoodieEngineContext context) {
        this.table = table;
        this.hudi = hudi;
        this.context = context;
    }

    /** The instants that have markers: of what is in flight, mostly none. To be asked before the timeline is read. */
    static List<String> markedInstants(Path tableFolder) {
        Path markers = tableFolder.resolve(HoodieTableMetaClient.TEMPFOLDER_NAME);
        try (Stream<Path> folders = Files.list(markers)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(HoodieInstantTimeGenerator::isValidInstantTime)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(tableFolder, e);
        }
    }

    /**
     * Deletes the files of those instants that are neither in flight nor completed, and the markers of all that are not in
     * flight.
     *
     * @param instants as {@link #markedInstants} gave them before Hudi's view of the table was taken
     */
    void delete(List<String> instants) {
        HoodieTimeline active = hudi.getMetaClient().getActiveTimeline();
        if (active.empty()) {
            // Hudi takes a timeline that it can't list for an empty one.
            return;
        }
        for (String instant : instants) {
            if (active.filterInflightsAndRequested().containsInstant(instant)) {
                continue;
            }
            table.requireLocks();
            try {
                if (!isCompleted(active, instant)) {
                    deleteMarked(instant);
                }
                markers(instant).quietDeleteMarkerDir(context, PARALLELISM);
            } catch (IOException | HoodieException e) {
                throw unreadable(table.folder(), e);
            }
        }
    }

    private boolean isCompleted(HoodieTimeline active, String instant) {
        // Not only of those before the active timeline: an unfinished clean may stay in it when later commits leave it.
        return active.containsInstant(instant)
                || hudi.getMetaClient().getArchivedTimeline().containsInstant(instant);
    }

    private void deleteMarked(String instant) throws IOException {
        for (String marker :
                new TreeSet<>(MarkerBasedRollbackUtils.getAllMarkerPaths(hudi, context, instant, PARALLELISM))) {
            Path file = table.folder().resolve(WriteMarkers.stripMarkerSuffix(marker));
            if (FSUtils.getCommitTime(file.getFileName().toString()).equals(instant)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private WriteMarkers markers(String instant) {
        return WriteMarkersFactory.get(MarkerType.DIRECT, hudi, instant);
    }

    private static MeterlakeException unreadable(Path tableFolder, Exception cause) {
        return new MeterlakeException(
                LakeErrorCode.LAKE_STORAGE,
                "Cannot delete what a commit that was rolled back left in " + tableFolder + ": " + cause,
                "Check that you may write to the lake's folder, and run the command again",
                cause);
    }
}
