package io.meterlake.report;

import io.meterlake.compile.InlinedQuery;
import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.engine.Trino;
import io.meterlake.lineage.Sha256;
import io.meterlake.lineage.TableCommit;
import io.meterlake.snapshot.PinnedFile;
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
import java.util.function.Function;

/**
 * Writes a report's queries and seeds beside its other files and says in the manifest what all of it was made from.
 *
 * @param partitionsRead by table, see {@link InputPartitions}
 * @param pinned the base files of a table in the snapshot, with the checksums of those that are read
 */
record ManifestWriting(
        ReportRequest request,
        String reportId,
        int runNumber,
        ReportQuery query,
        Snapshot snapshot,
        Map<String, List<String>> partitionsRead,
        Function<String, List<PinnedFile>> pinned) {

    /** The SQL project's commit, and whether the project was as that has it; of no use without a commit. */
    record Checkout(Optional<String> commit, GitEdits edits) {
        static Checkout of(Path project) {
            Optional<String> commit = GitCommit.of(project);
            return new Checkout(commit, commit.isEmpty() ? GitEdits.UNKNOWN : GitEdits.of(project));
        }
    }

    /**
     * Writes the queries and seeds into the folder that the answer's files are in.
     *
     * @param createdAt when the report is made, in milliseconds
     */
    Manifest write(Path folder, ReportAnswer answer, Trino trino, Checkout checkout, Instant createdAt) {
        String name = query.definition().name();
        Map<String, InlinedQuery> queries = new LinkedHashMap<>();
        queries.put(StoredSql.QUERY, query.query());
        query.details().ifPresent(details -> {
            queries.put(StoredSql.DETAIL, details.detail());
            queries.put(StoredSql.READINGS, details.readings());
        });
        queries.forEach((suffix, sql) ->
                ReportFiles.write(folder.resolve(name + suffix), sql.sql().strip() + "\n"));
        query.seedTexts().forEach((file, text) -> ReportFiles.write(folder.resolve(file), text));
        List<String> names = new ArrayList<>(List.of(name + ".csv", name + ".xlsx"));
        queries.keySet().forEach(suffix -> names.add(name + suffix));
        names.addAll(query.seedTexts().keySet());
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
                checkout.commit().orElse(null),
                checkout.commit().isEmpty() ? null : checkout.edits().word(),
                answer.columns().stream()
                        .map(column -> new Manifest.ResultColumn(column.name(), column.type()))
                        .toList(),
                answer.rowCount(),
                answer.contentHash(),
                names.stream().map(file -> entry(folder.resolve(file))).toList(),
                answer.totals(),
                answer.partners());
    }

    private List<Manifest.Input> inputs() {
        TreeMap<String, Manifest.Input> inputs = new TreeMap<>();
        for (InputTable source : query.sources()) {
            String table = source.relation().identifier();
            PinnedTable state = snapshot.table(table).orElseThrow();
            List<String> read = partitionsRead.getOrDefault(table, List.of());
            inputs.put(
                    table,
                    new Manifest.Input(
                            table,
                            source.relation().dotted(),
                            state.newest().map(newest -> newest.requested()).orElse(null),
                            state.newest().map(newest -> newest.completed()).orElse(null),
                            state.instants().stream()
                                    .map(one -> new TableCommit(one.requested(), one.completed(), one.action()))
                                    .toList(),
                            state.files(),
                            state.filesSha256(),
                            read,
                            InputProof.sha256(pinned.apply(table), read)));
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
