package io.meterlake.snapshot;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieFileGroup;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;

/**
 * What a table held when a set of commits was completed: for each file group the newest base file that one of them
 * wrote. Not what {@code _hoodie_commit_time <= T} selects: a row that was corrected later has lost its earlier version
 * in the newer file.
 *
 * @param instants the completed commits of the active timeline that belong to the state, in the order of completion
 * @param files sorted by partition and name
 */
record TableState(LakeTable table, List<CompletedInstant> instants, List<PinnedFile> files) {
    /** The newest commit in Hudi's order, which is that of the requests: its savepoint keeps most of the files. */
    Optional<CompletedInstant> newestRequested() {
        return instants.stream().max(Comparator.comparing(CompletedInstant::requested));
    }

    String name() {
        return table.definition().name();
    }

    /**
     * Reads the state. For the holder of the commit lock.
     *
     * @param at the state of what had completed at or before this instant; empty: now
     */
    static TableState read(LakeTable table, Optional<String> at) {
        try {
            HoodieTableMetaClient metaClient = table.metaClient();
            HoodieTimeline all = metaClient.getActiveTimeline().getCommitsTimeline();
            Predicate<HoodieInstant> inTime =
                    instant -> at.isEmpty() || instant.getCompletionTime().compareTo(at.get()) <= 0;
            HoodieTimeline chosen = all.filterCompletedInstants().filter(inTime);
            Committed committed = Committed.of(all, chosen, later(metaClient, at, inTime));
            List<PinnedFile> files = new ArrayList<>();
            try (HoodieTableFileSystemView view = table.view(metaClient, chosen)) {
                for (String partition : table.partitionPaths()) {
                    view.getAllFileGroups(partition)
                            .forEach(group -> newest(group, committed)
                                    .ifPresent(file -> files.add(pinned(table, partition, file))));
                }
            }
            files.sort(FileList.ORDER);
            List<CompletedInstant> instants = chosen.getInstantsAsStream()
                    .map(LakeTable::completed)
                    .sorted(Comparator.comparing(CompletedInstant::completed)
                            .thenComparing(CompletedInstant::requested))
                    .toList();
            TableState state = new TableState(table, instants, List.copyOf(files));
            if (at.isPresent()) {
                CleanedFiles.refuse(
                        state, metaClient, chosen, all.filterCompletedInstants().filter(inTime.negate()));
            }
            return state;
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot read the timeline of " + table.definition().name() + ": " + e,
                    "Check that you may read the lake's folder",
                    e);
        }
    }

    /** The commits that Hudi has archived and that completed after the instant. */
    private static Set<String> later(
            HoodieTableMetaClient metaClient, Optional<String> at, Predicate<HoodieInstant> inTime) {
        if (at.isEmpty()) {
            return Set.of();
        }
        return metaClient
                .getArchivedTimeline()
                .getCommitsTimeline()
                .filterCompletedInstants()
                .getInstantsAsStream()
                .filter(inTime.negate())
                .map(HoodieInstant::requestedTime)
                .collect(Collectors.toSet());
    }

    /**
     * Which commits belong to the state. Hudi's own test, {@code containsOrBeforeTimelineStarts}, would take a slow
     * writer's commit for an archived one if it was requested before the first of the chosen ones.
     */
    private record Committed(HoodieTimeline all, Set<String> active, Set<String> chosen, Set<String> later) {
        static Committed of(HoodieTimeline all, HoodieTimeline chosen, Set<String> later) {
            return new Committed(all, requested(all), requested(chosen), later);
        }

        private static Set<String> requested(HoodieTimeline timeline) {
            return timeline.getInstantsAsStream()
                    .map(HoodieInstant::requestedTime)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        boolean contains(String commit) {
            boolean archived = !active.contains(commit) && all.isBeforeTimelineStarts(commit);
            return chosen.contains(commit) || (archived && !later.contains(commit));
        }
    }

    private static Optional<HoodieBaseFile> newest(HoodieFileGroup group, Committed committed) {
        return group.getAllRawFileSlices()
                .filter(slice -> slice.getBaseFile().isPresent() && committed.contains(slice.getBaseInstantTime()))
                .max(Comparator.comparing(FileSlice::getBaseInstantTime))
                .map(slice -> slice.getBaseFile().get());
    }

    private static PinnedFile pinned(LakeTable table, String partition, HoodieBaseFile file) {
        return new PinnedFile(
                table.definition().name(), partition, file.getFileName(), file.getFileSize(), Optional.empty());
    }
}
