package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INPUTS_GONE;
import static io.meterlake.report.ReportErrorCode.NOT_COMPARABLE;
import static io.meterlake.snapshot.SnapshotErrorCode.UNKNOWN_SNAPSHOT;

import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotProblem;
import io.meterlake.snapshot.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the energy of reports in what lies beside them, and compares it. */
final class ReportEnergy {
    private final ReportFiles files;
    private final ReportRecords records;
    private final Snapshots snapshots;
    private final ReportIntegrity integrity;
    private final Trino trino;
    private final EnergyComparison energy;

    ReportEnergy(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {
        this.files = files;
        this.records = records;
        this.snapshots = snapshots;
        this.integrity = new ReportIntegrity(files, snapshots);
        this.trino = trino;
        this.energy = new EnergyComparison(trino, snapshots);
    }

    /**
     * A report's manifest.
     *
     * @throws MeterlakeException {@code UNKNOWN_REPORT_RUN}
     */
    Manifest manifest(String reportId) {
        return files.find(reportId).orElseThrow(() -> ReportVerification.unknown("compare", reportId, records));
    }

    /**
     * A report's energy.
     *
     * @throws MeterlakeException {@code NOT_COMPARABLE} if it was made without detail; {@code INPUTS_GONE}; {@code
     *     LAKE_LOCKED} if a seed's table is lost and somebody is at work on the models
     */
    EnergyState state(Manifest manifest) {
        for (Manifest.FileEntry entry : manifest.files()) {
            if (entry.name().endsWith(StoredSql.DETAIL) || entry.name().endsWith(StoredSql.READINGS)) {
                ReportIntegrity.fileProblem(files.folder(manifest).resolve(entry.name()), entry)
                        .ifPresent(problem -> {
                            throw gone(manifest, problem, null);
                        });
            }
        }
        Optional<String> detail = StoredSql.read(files, manifest, StoredSql.DETAIL);
        Optional<String> readings = StoredSql.read(files, manifest, StoredSql.READINGS);
        if (detail.isEmpty() || readings.isEmpty()) {
            throw new MeterlakeException(
                    NOT_COMPARABLE,
                    "Cannot compare report %s: it was made without the detail that its energy is summed from"
                            .formatted(manifest.reportId()),
                    "Name the models detail and readings in meta.report of %s; reports made from then on have it."
                            .formatted(manifest.reportName()));
        }
        Snapshot snapshot;
        try {
            snapshot = snapshots.find(manifest.snapshotId());
        } catch (MeterlakeException e) {
            throw e.code() == UNKNOWN_SNAPSHOT ? gone(manifest, "missing snapshot " + manifest.snapshotId(), e) : e;
        }
        // The metastore may have lost it and the seeds' tables; it changes nothing otherwise.
        snapshots.register(snapshot);
        integrity.restoreSeeds(trino, records, manifest);
        integrity.seeds(trino, manifest).stream().findFirst().ifPresent(problem -> {
            throw gone(manifest, problem.text(), null);
        });
        return new EnergyState(snapshot, detail.get(), readings.get());
    }

    private static MeterlakeException gone(Manifest manifest, String what, @Nullable Throwable cause) {
        return new MeterlakeException(
                INPUTS_GONE,
                "Cannot compare report %s: what it was made from is not there as it was: %s"
                        .formatted(manifest.reportId(), what),
                "See `./meterlake report verify %s`, and bring the files back from a backup."
                        .formatted(manifest.reportId()),
                cause);
    }

    /** Compares, and says which files are missing if that is why it can't be done. */
    EnergyDiff compare(Manifest manifest, EnergyState before, EnergyState after, Days period) {
        try {
            return energy.compare(before, after, period);
        } catch (EngineException e) {
            List<String> missing = Stream.of(before, after)
                    .flatMap(state -> snapshots.verify(state.snapshot()).problems().stream())
                    .filter(problem -> problem instanceof SnapshotProblem.FileProblem)
                    .map(SnapshotProblem::text)
                    .distinct()
                    .toList();
            throw missing.isEmpty() ? e : gone(manifest, String.join("; ", missing), e);
        }
    }

    /** Whether a snapshot has older readings than another, or the same and was made before it. */
    static boolean isOlder(Snapshot one, Snapshot other) {
        int byCommit = newest(one).compareTo(newest(other));
        return byCommit < 0 || (byCommit == 0 && one.id().compareTo(other.id()) < 0);
    }

    /** When the newest readings of a snapshot were committed; empty if it has none. */
    private static String newest(Snapshot snapshot) {
        return snapshot.table("meter_readings")
                .flatMap(table -> table.newest())
                .map(commit -> commit.completed())
                .orElse("");
    }
}
