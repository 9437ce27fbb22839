package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INPUTS_GONE;
import static io.meterlake.report.ReportErrorCode.NOT_COMPARABLE;
import static io.meterlake.report.ReportErrorCode.UNKNOWN_FILE;
import static io.meterlake.snapshot.SnapshotErrorCode.UNKNOWN_SNAPSHOT;

import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares reports with each other, and signed ones with the readings of now. Needs what lies beside the reports, their
 * snapshots and the tables of their seeds; the SQL project is not needed.
 */
public final class ReportComparison {
    private static final String FILES = "ingested_files";

    private final ReportFiles files;
    private final ReportRecords records;
    private final Snapshots snapshots;
    private final ReportIntegrity integrity;
    private final Trino trino;
    private final EnergyComparison energy;

    public ReportComparison(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {
        this.files = files;
        this.records = records;
        this.snapshots = snapshots;
        this.integrity = new ReportIntegrity(files, snapshots);
        this.trino = trino;
        this.energy = new EnergyComparison(trino, snapshots);
    }

    /**
     * What changed between two reports, and why. The one with the older data is the one before, however they are named.
     *
     * @throws MeterlakeException {@code UNKNOWN_REPORT_RUN}; {@code NOT_COMPARABLE} if they are of different names, have
     *     no day in common or were made without detail; {@code INPUTS_GONE}
     */
    public ReportDiff diff(String one, String other) {
        Manifest before = manifest(one);
        Manifest after = manifest(other);
        List<String> notes = new ArrayList<>();
        EnergyState earlier = state(before);
        EnergyState later = state(after);
        if (isOlder(later.snapshot(), earlier.snapshot())) {
            notes.add("%s has the older data, so it is the one before".formatted(other));
            Manifest manifest = before;
            before = after;
            after = manifest;
            EnergyState state = earlier;
            earlier = later;
            later = state;
        }
        Days period = commonDays(before, after, notes);
        EnergyDiff diff = compare(before, earlier, later, period);
        if (diff.meters().isEmpty() && !before.contentHash().equals(after.contentHash())) {
            notes.add("the energy is the same; the reports differ in other columns, such as counts of intervals");
        }
        long untraced = diff.meters().stream()
                .flatMap(meter -> meter.intervals().stream())
                .filter(change -> !change.isTraced())
                .count();
        if (untraced > 0) {
            notes.add("for %d intervals reading_changes does not tell how the value came to be".formatted(untraced));
        }
        return new ReportDiff(
                before.reportId(),
                after.reportId(),
                period.start() + "/" + period.end(),
                diff,
                causes(before, after),
                notes);
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
                Manifest manifest = manifest(row.reportId());
                EnergyState reported = state(manifest);
                EnergyState start = from.filter(snapshot -> isOlder(reported.snapshot(), snapshot))
                        .map(reported::over)
                        .orElse(reported);
                EnergyDiff diff = isOlder(start.snapshot(), now)
                        ? compare(manifest, start, reported.over(now), Days.of(manifest))
                        : EnergyDiff.NONE;
                EnergyDiff wanted =
                        file.map(name -> diff.only(change -> isOf(change, name))).orElse(diff);
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
                                TrinoDialect.literal(file.toLowerCase(java.util.Locale.ROOT))))
                .rows()
                .isEmpty();
        if (!known) {
            throw new MeterlakeException(
                    UNKNOWN_FILE,
                    "Cannot look for what " + file + " changed: no file of that name or SHA-256 was ingested",
                    "See `./meterlake query \"select source_file, file_checksum from hudi.lake.ingested_files\"`.");
        }
    }

    /** Compares, and says which files are missing if that is why it can't be done. */
    private EnergyDiff compare(Manifest manifest, EnergyState before, EnergyState after, Days period) {
        try {
            return energy.compare(before, after, period);
        } catch (EngineException e) {
            List<String> missing = integrity.inputs(manifest).problems().stream()
                    .filter(problem -> problem.verdict() != ReportProblem.Verdict.NOTE)
                    .map(ReportProblem::text)
                    .toList();
            throw missing.isEmpty() ? e : gone(manifest, String.join("; ", missing), e);
        }
    }

    private Manifest manifest(String reportId) {
        return files.find(reportId).orElseThrow(() -> ReportVerification.unknown("compare", reportId, records));
    }

    /** A report's energy, from what lies beside it. */
    private EnergyState state(Manifest manifest) {
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
        // The metastore may have lost it; it changes nothing otherwise.
        snapshots.register(snapshot);
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

    private static boolean isOlder(Snapshot one, Snapshot other) {
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

    private static Days commonDays(Manifest before, Manifest after, List<String> notes) {
        if (!before.reportName().equals(after.reportName())) {
            throw notComparable(before, after, "they are of different names");
        }
        Days one = Days.of(before);
        Days other = Days.of(after);
        LocalDate start = one.start().isAfter(other.start()) ? one.start() : other.start();
        LocalDate end = one.end().isBefore(other.end()) ? one.end() : other.end();
        if (!start.isBefore(end)) {
            throw notComparable(before, after, "they have no day in common");
        }
        if (!one.equals(other)) {
            notes.add("the reports are about %s and %s; the days that both have are compared"
                    .formatted(before.period(), after.period()));
        }
        return new Days(start, end);
    }

    private static MeterlakeException notComparable(Manifest before, Manifest after, String reason) {
        return new MeterlakeException(
                NOT_COMPARABLE,
                "Cannot compare %s with %s: %s".formatted(before.reportId(), after.reportId(), reason),
                "Name two reports of one name and period; `./meterlake report list` shows them.");
    }

    /** What else than readings is not the same. */
    private static List<String> causes(Manifest before, Manifest after) {
        List<String> causes = new ArrayList<>();
        Map<String, String> seedsBefore = seeds(before);
        Map<String, String> seedsAfter = seeds(after);
        union(seedsBefore, seedsAfter).stream()
                .filter(seed -> !seedsBefore.getOrDefault(seed, "").equals(seedsAfter.getOrDefault(seed, "")))
                .forEach(seed -> causes.add("the seed %s was changed".formatted(seed)));
        union(before.modelFingerprints(), after.modelFingerprints()).stream()
                .filter(model -> !before.modelFingerprints()
                        .getOrDefault(model, "")
                        .equals(after.modelFingerprints().getOrDefault(model, "")))
                .forEach(model -> causes.add("%s was changed".formatted(model)));
        if (!before.trinoVersion().equals(after.trinoVersion())) {
            causes.add("Trino was %s and is %s".formatted(before.trinoVersion(), after.trinoVersion()));
        }
        return causes;
    }

    private static Map<String, String> seeds(Manifest manifest) {
        return manifest.seeds().stream()
                .collect(Collectors.toMap(Manifest.SeedInput::seed, Manifest.SeedInput::contentHash));
    }

    private static Set<String> union(Map<String, String> one, Map<String, String> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }
}
