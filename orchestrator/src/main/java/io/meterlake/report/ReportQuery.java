package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.SEED_NOT_LOADED;
import static io.meterlake.report.ReportErrorCode.UNTRACEABLE_SOURCE;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.InlinedQuery;
import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.compile.ReportDefinition;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.run.SeedLoader;
import io.meterlake.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A report's one query, the queries that explain it, and the tables that they read.
 *
 * @param sources the Hudi tables, as the snapshot holds them, by name
 * @param seedTexts the CSV of each seed, by the name of the file that it is stored in beside the report
 */
record ReportQuery(
        ReportDefinition definition,
        InlinedQuery query,
        Optional<Details> details,
        List<InputTable> sources,
        List<Manifest.SeedInput> seeds,
        SortedMap<String, String> seedTexts) {

    /** The queries that two reports are compared by, see {@link ReportDefinition.Details}. */
    record Details(InlinedQuery detail, InlinedQuery readings) {}

    /**
     * Compiles a report and looks whether it can be traced.
     *
     * @param project compiled with sources in the snapshot and seeds in immutable tables
     * @throws MeterlakeException {@code UNTRACEABLE_SOURCE}, {@code SEED_NOT_LOADED}
     */
    static ReportQuery of(
            CompiledProject project,
            String name,
            Function<Seed, SeedTable> seedReader,
            Trino trino,
            Snapshot snapshot) {
        ReportDefinition definition = project.report(name);
        InlinedQuery query = project.inline(definition.uniqueId());
        Optional<Details> details = definition
                .details()
                .map(models -> new Details(project.inline(models.detail()), project.inline(models.readings())));
        List<Manifest.SeedInput> seeds = new ArrayList<>();
        SortedMap<String, String> seedTexts = new TreeMap<>();
        SortedMap<String, InputTable> sources = new TreeMap<>();
        for (InputTable table : tables(query, details)) {
            if (project.node(table.uniqueId()).orElseThrow() instanceof CompiledNode.SeedNode node) {
                Seed seed = node.resource();
                SeedTable content = seedReader.apply(seed);
                requireLoaded(trino, table, seed, content, name);
                Manifest.StoredSeed stored = StoredSeeds.describe(definition.name(), seed, content);
                seeds.add(new Manifest.SeedInput(
                        node.name(),
                        table.relation().dotted(),
                        seed.checksum(),
                        ContentHash.of(trino, table.relation()),
                        stored));
                seedTexts.put(stored.file(), seed.text());
            } else {
                requirePinned(table, name, snapshot);
                sources.put(table.relation().identifier(), table);
            }
        }
        return new ReportQuery(
                definition, query, details, List.copyOf(sources.values()), List.copyOf(seeds), seedTexts);
    }

    /** The tables of all queries, each once, in the order of their ids. */
    private static List<InputTable> tables(InlinedQuery query, Optional<Details> details) {
        SortedMap<String, InputTable> tables = new TreeMap<>();
        queries(query, details)
                .flatMap(one -> one.tables().stream())
                .forEach(table -> tables.put(table.uniqueId(), table));
        return List.copyOf(tables.values());
    }

    private static Stream<InlinedQuery> queries(InlinedQuery query, Optional<Details> details) {
        return Stream.concat(
                Stream.of(query), details.stream().flatMap(more -> Stream.of(more.detail(), more.readings())));
    }

    /** The fingerprints of all models that any of the queries reads. */
    SortedMap<String, String> fingerprints() {
        SortedMap<String, String> fingerprints = new TreeMap<>();
        queries(query, details).forEach(one -> fingerprints.putAll(one.fingerprints()));
        return fingerprints;
    }

    private static void requirePinned(InputTable source, String report, Snapshot snapshot) {
        boolean pinned = source.relation().catalog().equals(TrinoDialect.MODEL_CATALOG)
                && source.relation().schema().equals(snapshot.database());
        if (!pinned) {
            throw new MeterlakeException(
                    UNTRACEABLE_SOURCE,
                    "Cannot make report %s: it reads %s (%s), which is in no snapshot, so nobody could say later what it held"
                            .formatted(report, source.relation().dotted(), source.uniqueId()),
                    "Let the report read the lake's data tables and seeds only.");
        }
    }

    private static void requireLoaded(Trino trino, InputTable table, Seed seed, SeedTable content, String report) {
        if (!SeedLoader.isLoaded(trino, table.relation(), content.rows().size())) {
            throw new MeterlakeException(
                    SEED_NOT_LOADED,
                    "Cannot make report %s: seed %s as it is now (%s) is not loaded"
                            .formatted(report, seed.name(), seed.location().file()),
                    "Load it with `./meterlake seed`, or `./meterlake build` to test it, too.");
        }
    }
}
