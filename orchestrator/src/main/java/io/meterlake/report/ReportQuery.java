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
import java.util.function.Function;

/**
 * A report's one query and the tables that it reads.
 *
 * @param sources the Hudi tables, as the snapshot holds them
 */
record ReportQuery(
        ReportDefinition definition, InlinedQuery query, List<InputTable> sources, List<Manifest.SeedInput> seeds) {

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
        List<Manifest.SeedInput> seeds = new ArrayList<>();
        for (InputTable table : query.tables()) {
            if (project.node(table.uniqueId()).orElseThrow() instanceof CompiledNode.SeedNode node) {
                requireLoaded(trino, table, node.resource(), seedReader.apply(node.resource()), name);
                seeds.add(new Manifest.SeedInput(
                        node.name(),
                        table.relation().dotted(),
                        node.resource().checksum(),
                        ContentHash.of(trino, table.relation())));
            }
        }
        query.sources().forEach(source -> requirePinned(source, name, snapshot));
        return new ReportQuery(definition, query, query.sources(), List.copyOf(seeds));
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
