package io.meterlake.report;

import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ReportDefinition;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LineageRow;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes reports, each from one snapshot. One at a time on a lake: its lock gives out the run numbers and keeps the lineage
 * one chain, also where two folders of reports are made from one lake.
 */
public final class ReportRunner {
    private final Compiler compiler;
    private final Function<Seed, SeedTable> seedReader;
    private final Trino trino;
    private final Snapshots snapshots;
    private final ReportFiles files;
    private final ReportRecords records;
    private final Clock clock;

    /** Compiles the project for one report. */
    @FunctionalInterface
    public interface Compiler {
        /**
         * Compiles with sources as {@link io.meterlake.run.PinnedSources} and seeds as
         * {@link io.meterlake.run.ImmutableSeeds} resolve them.
         */
        CompiledProject compile(Snapshot snapshot, Map<String, Object> variables);
    }

    /** @param clock says when a report was made */
    public ReportRunner(
            Compiler compiler,
            Function<Seed, SeedTable> seedReader,
            Trino trino,
            Snapshots snapshots,
            ReportFiles files,
            ReportRecords records,
            Clock clock) {
        this.compiler = compiler;
        this.seedReader = seedReader;
        this.trino = trino;
        this.snapshots = snapshots;
        this.files = files;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Makes a report: files first, then the rows of {@code report_lineage} and {@code reports}. Earlier reports that were
     * cut off between the two are finished before.
     *
     * @throws MeterlakeException a {@link ReportErrorCode}, or what pinning, compiling and querying throw; there is no
     *     report then
     */
    public ReportOutcome run(ReportRequest request, ReportListener listener) {
        try (WorkLock lock = records.lock()) {
            Objects.requireNonNull(lock);
            records.finishAll().forEach(listener::finished);
            int number = nextNumber(request);
            String reportId = "%s%03d".formatted(request.idPrefix(), number);
            Snapshot snapshot = snapshot(request, reportId, listener);
            Map<String, Object> variables = Map.of(
                    ReportDefinition.PERIOD_START, request.period().start().toString(),
                    ReportDefinition.PERIOD_END, request.period().end().toString());
            CompiledProject project = compiler.compile(snapshot, variables);
            ManifestWriting.Checkout checkout =
                    ManifestWriting.Checkout.of(project.project().folder());
            ReportQuery query = ReportQuery.of(project, request.name(), seedReader, trino, snapshot);
            request.period().requireWhole(query.definition().period());
            Path making = files.begin(request.name(), request.period(), reportId);
            Manifest manifest;
            try {
                listener.querying(reportId);
                Days period =
                        new Days(request.period().start(), request.period().end());
                SortedMap<String, List<String>> read = InputPartitions.of(trino, snapshots, query, snapshot, period);
                // So that it can be proven later that the files which the report read are still the same.
                read.forEach((table, partitions) -> snapshots.recordChecksums(snapshot, table, partitions));
                ReportAnswer answer = ReportAnswer.write(
                        trino,
                        query.query().sql(),
                        query.definition().name(),
                        making,
                        query.definition().totals(),
                        query.definition().partner());
                manifest = new ManifestWriting(
                                request,
                                reportId,
                                number,
                                query,
                                snapshot,
                                read,
                                table -> snapshots.files(snapshot, table))
                        // What the table's microseconds can hold, or the row's hash would not fit what is read back.
                        .write(making, answer, trino, checkout, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            } catch (RuntimeException e) {
                discard(making, e);
                throw e;
            }
            Path folder = files.finish(making, manifest);
            List<LineageRow> rows = records.write(manifest);
            return new ReportOutcome(manifest, folder, rows);
        }
    }

    private void discard(Path making, RuntimeException failure) {
        try {
            files.discard(making);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** What the report reads, once the listener lets it: a snapshot that was made for a refused report is dropped. */
    private Snapshot snapshot(ReportRequest request, String reportId, ReportListener listener) {
        Optional<Snapshot> kept = request.snapshotId()
                .map(id -> Optional.of(snapshots.find(id)))
                .orElseGet(() -> snapshots.current(List.of()));
        Snapshot snapshot =
                kept.orElseGet(() -> snapshots.create(new SnapshotRequest("report", List.of(), Optional.empty())));
        try {
            listener.pinned(reportId, snapshot);
        } catch (RuntimeException refusal) {
            if (kept.isEmpty()) {
                drop(snapshot, refusal);
            }
            throw refusal;
        }
        return snapshot;
    }

    /** Not while a proof or a comparison may have taken it for the newest: then it stays for the retention policy. */
    private void drop(Snapshot snapshot, RuntimeException refusal) {
        try (InputsLock inputs = records.dropInputs()) {
            Objects.requireNonNull(inputs);
            snapshots.drop(snapshot.id());
        } catch (RuntimeException e) {
            refusal.addSuppressed(e);
        }
    }

    /** One more than any run has had, whether its files or only its lineage rows are left. */
    private int nextNumber(ReportRequest request) {
        Stream<String> ids = Stream.concat(files.ids().stream(), records.reportIds().stream());
        return ids.filter(id -> id.startsWith(request.idPrefix()))
                        .map(id -> id.substring(request.idPrefix().length()))
                        .filter(rest -> rest.matches("\\d{3,9}"))
                        .map(Integer::parseInt)
                        .max(Comparator.naturalOrder())
                        .orElse(0)
                + 1;
    }
}
