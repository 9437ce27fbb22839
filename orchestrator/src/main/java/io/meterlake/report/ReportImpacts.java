package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INPUTS_GONE;
import static io.meterlake.report.ReportErrorCode.NOT_COMPARABLE;
import static io.meterlake.report.ReportErrorCode.UNKNOWN_FILE;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares signed reports with the readings of now: what would have to be settled again. */
public final class ReportImpacts {
    private static final String FILES = "ingested_files";

    private final ReportRecords records;
    private final Snapshots snapshots;
    private final Trino trino;
    private final ReportEnergy energy;

    public ReportImpacts(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {
        this.records = records;
        this.snapshots = snapshots;
        this.trino = trino;
        this.energy = new ReportEnergy(files, records, snapshots, trino);
    }

    /**
     * What later readings would change in each signed report. Pins the data as they are now unless a snapshot holds them
     * already.
     *
     * @param since only what came after this snapshot
     * @param file only what this file brought, by its name or SHA-256, and what still stands
     * @throws MeterlakeException {@code UNKNOWN_SNAPSHOT}, {@code UNKNOWN_FILE}, or what pinning throws
     */
    public ReportImpact impact(Optional<String> since, Optional<String> file) {
        Optional<Snapshot> from = since.map(snapshots::find);
        Snapshot now = snapshots.current(List.of()).orElseGet(() -> snapshots.create(SnapshotRequest.now("impact")));
        file.ifPresent(name -> requireIngested(name, now));
        List<ReportImpact.Touched> touched = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (ReportRow row : records.all()) {
            if (row.status() != ReportStatus.SIGNED) {
                continue;
            }
            try {
                Manifest manifest = energy.manifest(row.reportId());
                EnergyState reported = energy.state(manifest);
                EnergyState start = from.filter(snapshot -> ReportEnergy.isOlder(reported.snapshot(), snapshot))
                        .map(reported::over)
                        .orElse(reported);
                EnergyDiff diff = ReportEnergy.isOlder(start.snapshot(), now)
                        ? energy.compare(manifest, start, reported.over(now), Days.of(manifest))
                        : EnergyDiff.NONE;
                EnergyDiff wanted = file.map(name -> diff.only(change -> isOf(change, name)))
                        .orElse(diff);
                touched.add(new ReportImpact.Touched(row.reportId(), row.period(), wanted));
            } catch (MeterlakeException e) {
                if (e.code() != INPUTS_GONE && e.code() != NOT_COMPARABLE) {
                    throw e;
                }
                notes.add(String.valueOf(e.getMessage()));
            }
        }
        return new ReportImpact(now.id(), since.orElse(null), file.orElse(null), touched, notes);
    }

    private static boolean isOf(EnergyDiff.IntervalChange change, String file) {
        return change.source().checksum().equalsIgnoreCase(file)
                || change.source().file().equals(fileName(file));
    }

    /** A file may be named by its path. */
    private static String fileName(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? file : name.toString();
    }

    private void requireIngested(String file, Snapshot now) {
        String table = new Relation(TrinoDialect.MODEL_CATALOG, now.database(), FILES).sql();
        boolean known = !trino.rows("select 1 from %s where source_file = %s or file_checksum = %s limit 1"
                        .formatted(
                                table,
                                TrinoDialect.literal(fileName(file)),
                                TrinoDialect.literal(file.toLowerCase(Locale.ROOT))))
                .rows()
                .isEmpty();
        if (!known) {
            throw new MeterlakeException(
                    UNKNOWN_FILE,
                    "Cannot look for what " + file + " changed: no file of that name or SHA-256 was ingested",
                    "See `./meterlake query \"select source_file, file_checksum from hudi.lake.ingested_files\"`.");
        }
    }
}
