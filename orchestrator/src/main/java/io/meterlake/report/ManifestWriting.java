package io.meterlake.report;

import io.meterlake.compile.InlinedQuery;
import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.engine.Trino;
import io.meterlake.lineage.Sha256;
import io.meterlake.lineage.TableCommit;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a report's queries beside its other files and says in the manifest what all of it was made from.
 *
 * @param partitionsRead by table, see {@link InputPartitions}
 */
record ManifestWriting(
        ReportRequest request,
        String reportId,
        int runNumber,
        ReportQuery query,
        Snapshot snapshot,
        Map<String, List<String>> partitionsRead) {

    /**
     * Writes the queries into the folder that the answer's files are in.
     *
     * @param createdAt when the report is made, in milliseconds
     */
    Manifest write(Path folder, ReportAnswer answer, Trino trino, Optional<String> gitCommit, Instant createdAt) {
        String name = query.definition().name();
        Map<String, InlinedQuery> queries = new LinkedHashMap<>();
        queries.put(StoredSql.QUERY, query.query());
        query.details().ifPresent(details -> {
            queries.put(StoredSql.DETAIL, details.detail());
            queries.put(StoredSql.READINGS, details.readings());
        });
        queries.forEach((suffix, sql) ->
                ReportFiles.write(folder.resolve(name + suffix), sql.sql().strip() + "\n"));
        List<String> suffixes = new ArrayList<>(List.of(".csv", ".xlsx"));
        suffixes.addAll(queries.keySet());
        return new Manifest(
                Manifest.VERSION,
                reportId,
                name,
                query.definition().title(),
                request.period().text(),
                request.period().start().toString(),
                request.period().end().toString(),
                query.definition().timeZone(),
                request.runType(),
                runNumber,
                snapshot.id(),
                createdAt,
                query.query().variables(),
                inputs(),
                query.seeds(),
                query.fingerprints(),
                trino.version(),
                trino.timeZone(),
                List.of(answer.queryId()),
                gitCommit.orElse(null),
                answer.columns().stream()
                        .map(column -> new Manifest.ResultColumn(column.name(), column.type()))
                        .toList(),
                answer.rowCount(),
                answer.contentHash(),
                suffixes.stream()
                        .map(suffix -> entry(folder.resolve(name + suffix)))
                        .toList(),
                answer.totals(),
                answer.partners());
    }

    private List<Manifest.Input> inputs() {
        TreeMap<String, Manifest.Input> inputs = new TreeMap<>();
        for (InputTable source : query.sources()) {
            String table = source.relation().identifier();
            PinnedTable pinned = snapshot.table(table).orElseThrow();
            inputs.put(
                    table,
                    new Manifest.Input(
                            table,
                            source.relation().dotted(),
                            pinned.newest().map(newest -> newest.requested()).orElse(null),
                            pinned.newest().map(newest -> newest.completed()).orElse(null),
                            pinned.instants().stream()
                                    .map(one -> new TableCommit(one.requested(), one.completed(), one.action()))
                                    .toList(),
                            pinned.files(),
                            pinned.filesSha256(),
                            partitionsRead.getOrDefault(table, List.of())));
        }
        return List.copyOf(inputs.values());
    }

    private static Manifest.FileEntry entry(Path file) {
        try {
            return new Manifest.FileEntry(file.getFileName().toString(), Files.size(file), Sha256.ofFile(file));
        } catch (IOException e) {
            throw ReportFiles.failure("read " + file, e);
        }
    }
}
