package io.meterlake.retention;

import static java.util.Objects.requireNonNull;

import io.meterlake.project.Relation;
import io.meterlake.run.RunRecord;
import io.meterlake.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is at one moment, for the pure {@link RetentionPlanner}.
 *
 * @param snapshots the oldest first
 * @param runs the records of runs
 * @param reports drafts included
 * @param views all views of the catalog that models are built in
 * @param seedTables the immutable tables of seeds
 * @param unfinishedSeeds tables of seeds that a load fills, or that one left which was cut off
 * @param namedSeeds those of the immutable ones that a report's manifest names or that hold what a seed's file holds now
 * @param files the base files and the gathered ones of each snapshot: size by path below the lake; a snapshot whose list can't be read has none
 * @param liveFiles the base files that a reader of the lake sees now, by path below the lake
 * @param warnings what could not be found out
 */
public record RetentionFacts(
        List<Snapshot> snapshots,
        List<RunRecord> runs,
        List<ReportFact> reports,
        List<ViewText> views,
        Set<Relation> seedTables,
        Set<Relation> unfinishedSeeds,
        Set<Relation> namedSeeds,
        Map<String, Map<String, Long>> files,
        Set<String> liveFiles,
        List<String> warnings) {
    public RetentionFacts {
        snapshots = List.copyOf(snapshots);
        runs = List.copyOf(runs);
        reports = List.copyOf(reports);
        views = List.copyOf(views);
        seedTables = Set.copyOf(seedTables);
        unfinishedSeeds = Set.copyOf(unfinishedSeeds);
        namedSeeds = Set.copyOf(namedSeeds);
        files = Map.copyOf(requireNonNull(files, "files is null"));
        liveFiles = Set.copyOf(liveFiles);
        warnings = List.copyOf(warnings);
    }
}
