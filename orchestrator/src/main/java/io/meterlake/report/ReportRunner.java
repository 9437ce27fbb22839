package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INPUTS_CHANGED;
import static io.meterlake.report.ReportErrorCode.REPORT_FILES;
import static java.util.stream.Collectors.toMap;

import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.compile.ReportDefinition;
import io.meterlake.engine.Column;
import io.meterlake.engine.Completion;
import io.meterlake.engine.RowSink;
import io.meterlake.engine.Trino;
import io.meterlake.engine.output.CsvSink;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.Sha256;
import io.meterlake.lineage.TableCommit;
import io.meterlake.lineage.TableInstants;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.run.RunLock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes reports. One at a time in a reports folder: a lock in it gives out the run numbers and keeps the lineage one
 * chain.
 */
public final class ReportRunner {
    /** How often a query is run when commits keep coming in. */
    static final int ATTEMPTS = 3;

    private final Function<Map<String, Object>, CompiledProject> compiler;
    private final Function<Seed, SeedTable> seedReader;
    private final Trino trino;
    private final TableInstants instants;
    private final ReportFiles files;
    private final ReportLineage lineage;
    private final Clock clock;

    /**
     * @param compiler compiles the project with these variables, seeds resolved by
     *     {@link io.meterlake.run.ImmutableSeeds}
     * @param clock says when a report was made
     */
    public ReportRunner(
            Function<Map<String, Object>, CompiledProject> compiler,
            Function<Seed, SeedTable> seedReader,
            Trino trino,
            TableInstants instants,
            ReportFiles files,
            ReportLineage lineage,
            Clock clock) {
        this.compiler = compiler;
        this.seedReader = seedReader;
        this.trino = trino;
        this.instants = instants;
        this.files = files;
        this.lineage = lineage;
        this.clock = clock;
    }

    /**
     * Makes a report: files first, then the lineage rows. Earlier reports that were cut off between the two are
     * finished before.
     *
     * @throws MeterlakeException a {@link ReportErrorCode}, or what compiling and querying throw; there is no report
     *     then
     */
    public ReportOutcome run(ReportRequest request, ReportListener listener) {
        try (RunLock lock = RunLock.acquire(files.root().resolve(".lock"), "the reports")) {
            Objects.requireNonNull(lock);
            lineage.finishAll().forEach(listener::finished);
            Map<String, Object> variables = Map.of(
                    ReportDefinition.PERIOD_START, request.period().start().toString(),
                    ReportDefinition.PERIOD_END, request.period().end().toString());
            CompiledProject project = compiler.apply(variables);
            ReportQuery query = ReportQuery.of(project, request.name(), seedReader, trino);
            request.period().requireWhole(query.definition().period());
            int number = nextNumber(request);
            String reportId = "%s%03d".formatted(request.idPrefix(), number);
            Path making = files.begin(request.name(), request.period(), reportId);
            Manifest manifest;
            try {
                Answer answer = ask(query, reportId, making, listener);
                manifest = manifest(
                        request,
                        number,
                        reportId,
                        query,
                        answer,
                        making,
                        project.project().folder());
            } catch (RuntimeException e) {
                files.discard(making);
                throw e;
            }
            Path folder = files.finish(making, manifest);
            List<LineageRow> rows = lineage.write(manifest);
            return new ReportOutcome(manifest, folder, rows);
        }
    }

    /** One more than any run has had, whether its files or only its lineage rows are left. */
    private int nextNumber(ReportRequest request) {
        Stream<String> ids = Stream.concat(files.all().stream().map(Manifest::reportId), lineage.reportIds().stream());
        return ids.filter(id -> id.startsWith(request.idPrefix()))
                        .map(id -> id.substring(request.idPrefix().length()))
                        .filter(rest -> rest.matches("\\d{3,9}"))
                        .map(Integer::parseInt)
                        .max(Comparator.naturalOrder())
                        .orElse(0)
                + 1;
    }

    private Answer ask(ReportQuery query, String reportId, Path making, ReportListener listener) {
        List<String> changed = List.of();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            listener.querying(reportId, attempt);
            SortedMap<String, List<TableCommit>> before = commits(query);
            Answer answer = write(query, making, before);
            SortedMap<String, List<TableCommit>> after = commits(query);
            if (before.equals(after)) {
                return answer;
            }
            changed = after.keySet().stream()
                    .filter(table -> !Objects.equals(after.get(table), before.get(table)))
                    .toList();
            listener.inputsChanged(reportId, changed);
        }
        throw new MeterlakeException(
                INPUTS_CHANGED,
                "Cannot make report %s: during each of %d attempts new commits came in to %s"
                        .formatted(reportId, ATTEMPTS, String.join(", ", changed)),
                "Run it again when no files are being ingested.");
    }

    private SortedMap<String, List<TableCommit>> commits(ReportQuery query) {
        return query.sources().stream()
                .map(source -> source.relation().identifier())
                .distinct()
                .collect(toMap(table -> table, instants::completed, (a, b) -> a, TreeMap::new));
    }

    private Answer write(ReportQuery query, Path making, SortedMap<String, List<TableCommit>> commits) {
        Path csv = making.resolve(query.definition().name() + ".csv");
        ContentHash hash = new ContentHash();
        List<RowSink> sinks = new ArrayList<>(List.of(hash));
        Optional<TotalsSink> totals = query.definition().totals().map(TotalsSink::new);
        totals.ifPresent(sinks::add);
        ColumnNames columns = new ColumnNames();
        sinks.add(columns);
        Completion completion;
        try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
            sinks.add(new CsvSink(writer, CsvSink.Formulas.DISARM));
            completion = trino.run(query.query().sql(), RowSink.all(sinks));
        } catch (IOException e) {
            throw unwritable(csv, e);
        }
        long rows = switch (completion) {
            case Completion.Selected selected -> selected.rowCount();
            case Completion.Updated updated -> throw new IllegalStateException("a report is a query: " + updated);
        };
        force(csv);
        return new Answer(
                commits,
                completion.queryId(),
                columns.columns,
                rows,
                hash.hex(),
                totals.map(TotalsSink::totals).orElse(List.of()));
    }

    private Manifest manifest(
            ReportRequest request,
            int number,
            String reportId,
            ReportQuery query,
            Answer answer,
            Path making,
            Path projectFolder) {
        String name = query.definition().name();
        ReportFiles.write(making.resolve(name + ".sql"), query.query().sql().strip() + "\n");
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
                number,
                Manifest.DRAFT,
                null,
                // What the table's microseconds can hold, or the row's hash would not fit what is read back.
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                query.query().variables(),
                inputs(query, answer),
                query.seeds(),
                query.query().fingerprints(),
                trino.version(),
                List.of(answer.queryId()),
                GitCommit.of(projectFolder).orElse(null),
                answer.columns().stream()
                        .map(column -> new Manifest.ResultColumn(column.name(), column.type()))
                        .toList(),
                answer.rowCount(),
                answer.contentHash(),
                List.of(entry(making.resolve(name + ".csv")), entry(making.resolve(name + ".sql"))),
                answer.totals());
    }

    private static List<Manifest.Input> inputs(ReportQuery query, Answer answer) {
        TreeMap<String, Manifest.Input> inputs = new TreeMap<>();
        for (InputTable source : query.sources()) {
            String table = source.relation().identifier();
            List<TableCommit> commits = Objects.requireNonNull(answer.commits().get(table));
            @Nullable
            TableCommit latest = commits.stream()
                    .max(Comparator.comparing(TableCommit::completed))
                    .orElse(null);
            inputs.put(
                    table,
                    new Manifest.Input(
                            table,
                            source.relation().dotted(),
                            latest == null ? null : latest.requested(),
                            latest == null ? null : latest.completed(),
                            commits));
        }
        return List.copyOf(inputs.values());
    }

    private static Manifest.FileEntry entry(Path file) {
        try {
            return new Manifest.FileEntry(file.getFileName().toString(), Files.size(file), Sha256.ofFile(file));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static MeterlakeException unwritable(Path file, IOException cause) {
        return new MeterlakeException(
                REPORT_FILES,
                "Cannot write " + file + ": " + cause,
                "Check that reports.path is a folder that you may write to, on a disk with room.",
                cause);
    }

    /** What a query gave while its inputs stood still. */
    private record Answer(
            SortedMap<String, List<TableCommit>> commits,
            String queryId,
            List<Column> columns,
            long rowCount,
            String contentHash,
            List<Manifest.Total> totals) {}

    /** Keeps the columns. */
    private static final class ColumnNames implements RowSink {
        private List<Column> columns = List.of();

        @Override
        public void columns(List<Column> columns) {
            this.columns = columns;
        }

        @Override
        public void row(List<@Nullable Object> values) {}
    }
}
