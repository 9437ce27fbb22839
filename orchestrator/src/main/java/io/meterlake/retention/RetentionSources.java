package io.meterlake.retention;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.error.MeterlakeException;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import io.meterlake.project.Relation;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportFiles;
import io.meterlake.run.RunRecords;
import io.meterlake.run.SeedNames;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotErrorCode;
import io.meterlake.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at what there is: a lake, Trino, the records of runs, the files of reports. Changes nothing, but that it finishes
 * the removal of snapshots that a killed process began.
 *
 * @param lake the lake
 * @param trino where the views and the seeds are
 * @param snapshots of the lake
 * @param runs the records of runs
 * @param reports the files of reports
 */
public record RetentionSources(Lake lake, Trino trino, Snapshots snapshots, RunRecords runs, ReportFiles reports) {
    /**
     * All facts at this moment.
     *
     * @param seeds the views of the project's seeds, by what their files hold now: the table of that content stays
     */
    public RetentionFacts read(Map<Relation, Relation> seeds) {
        List<Snapshot> all = snapshots.list();
        List<String> warnings = new ArrayList<>();
        Map<String, Map<String, Long>> files = new HashMap<>();
        all.forEach(snapshot -> files.put(snapshot.id(), files(snapshot, warnings)));
        SeedTables tables = seedTables(seeds.keySet());
        return new RetentionFacts(
                all,
                runs.all(),
                ReportFact.all(lake, reports),
                ViewText.all(trino),
                tables.whole(),
                tables.unfinished(),
                namedSeeds(seeds, tables.whole()),
                files,
                liveFiles(),
                warnings);
    }

    private Map<String, Long> files(Snapshot snapshot, List<String> warnings) {
        Map<String, Long> sizes = new HashMap<>();
        unlessUnreadable(snapshot, warnings, () -> sizes.putAll(new ReadingsByMeter(lake).files(snapshot)));
        for (PinnedTable table : snapshot.tables()) {
            unlessUnreadable(
                    snapshot,
                    warnings,
                    () -> snapshots
                            .files(snapshot, table.table())
                            .forEach(file -> sizes.put(file.relativePath(), file.sizeBytes())));
        }
        return sizes;
    }

    /** What of one snapshot can't be read holds up no other. */
    private static void unlessUnreadable(Snapshot snapshot, List<String> warnings, Runnable reading) {
        try {
            reading.run();
        } catch (MeterlakeException e) {
            if (e.code() != SnapshotErrorCode.SNAPSHOT_STORAGE) {
                throw e;
            }
            warnings.add("the bytes of snapshot %s are not known: %s".formatted(snapshot.id(), e.getMessage()));
        }
    }

    private Set<String> liveFiles() {
        Set<String> live = new HashSet<>();
        for (TableDefinition definition : LakeTables.DATA) {
            live.addAll(lake.table(definition.name()).liveFiles());
        }
        return live;
    }

    /** The tables of the project's seeds. */
    private record SeedTables(Set<Relation> whole, Set<Relation> unfinished) {}

    private SeedTables seedTables(Set<Relation> seeds) {
        SeedTables tables = new SeedTables(new HashSet<>(), new HashSet<>());
        Set<Relation> names = seeds.stream()
                .map(seed -> seed.withIdentifier(seed.identifier().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        for (Relation schema :
                names.stream().map(seed -> seed.withIdentifier("")).collect(Collectors.toSet())) {
            List<String> inSchema = trino.rows("""
                    select table_name
                    from %s.information_schema.tables
                    where table_schema = %s and table_type = 'BASE TABLE'
                    """.formatted(
                                    TrinoDialect.quoted(schema.catalog()), TrinoDialect.storedName(schema.schema())))
                    .firstColumn();
            for (String name : inSchema) {
                SeedNames.seedOfWhole(name)
                        .filter(seed -> names.contains(schema.withIdentifier(seed)))
                        .ifPresent(seed -> tables.whole().add(schema.withIdentifier(name)));
                SeedNames.seedOfUnfinished(name)
                        .filter(seed -> names.contains(schema.withIdentifier(seed)))
                        .ifPresent(seed -> tables.unfinished().add(schema.withIdentifier(name)));
            }
        }
        return tables;
    }

    private Set<Relation> namedSeeds(Map<Relation, Relation> seeds, Set<Relation> tables) {
        Set<String> named = new HashSet<>();
        for (Manifest manifest : reports.all()) {
            manifest.seeds().forEach(seed -> named.add(seed.relation().toLowerCase(Locale.ROOT)));
        }
        Set<Relation> relations = new HashSet<>();
        seeds.values().forEach(table -> relations.add(lowerCase(table)));
        for (Relation table : tables) {
            if (named.stream().anyMatch(text -> text.contains(table.identifier()))) {
                relations.add(table);
            }
        }
        return relations;
    }

    private static Relation lowerCase(Relation relation) {
        return relation.withIdentifier(relation.identifier().toLowerCase(Locale.ROOT));
    }
}
