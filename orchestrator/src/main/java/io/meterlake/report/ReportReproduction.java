package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.FOLDER_IN_USE;
import static io.meterlake.report.ReportErrorCode.REPRODUCTION_FAILED;

import io.meterlake.engine.EngineErrorCode;
import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.report.ReportProblem.Verdict;
import io.meterlake.report.Reproduction.FileComparison;
import io.meterlake.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Makes a report again from what lies beside it, its snapshot and the tables of its seeds, and compares. The SQL project
 * is not needed. Nothing is changed but the metastore, if it has lost the snapshot or the seeds' tables.
 */
public final class ReportReproduction {
    private final ReportFiles files;
    private final ReportRecords records;
    private final Snapshots snapshots;
    private final ReportIntegrity integrity;
    private final Trino trino;

    public ReportReproduction(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {
        this.files = files;
        this.records = records;
        this.snapshots = snapshots;
        this.integrity = new ReportIntegrity(files, snapshots);
        this.trino = trino;
    }

    /**
     * Makes one report again.
     *
     * @param keep a folder for the files, which is made or is empty; without it they are removed
     * @throws MeterlakeException {@code UNKNOWN_REPORT_RUN}, {@code FOLDER_IN_USE}, {@code REPRODUCTION_FAILED}, {@code
     *     LAKE_LOCKED} if a seed's table is lost and somebody is at work on the models, or what Trino throws when it
     *     can't answer
     */
    public Reproduction reproduce(String reportId, Optional<Path> keep) {
        Optional<Manifest> found = files.find(reportId);
        Optional<ReportRow> row = records.find(reportId);
        if (row.isEmpty()) {
            throw ReportVerification.unknown("reproduce", reportId, records);
        }
        if (found.isEmpty()) {
            ReportProblem gone = new ReportProblem.Own("folder", "its files are gone from " + files.root());
            return missing(reportId, row.get().contentHash(), List.of(gone), new LinkedHashMap<>());
        }
        Manifest manifest = found.get();
        keep.ifPresent(ReportReproduction::requireFree);
        List<String> notes = new ArrayList<>();
        List<ReportProblem> missing = new ArrayList<>(recipe(row.get(), manifest));
        List<ReportProblem> snapshot = integrity.inputs(manifest).problems();
        snapshot.stream().filter(ReportReproduction::prevents).forEach(missing::add);
        if (missing.isEmpty()) {
            if (!snapshot.isEmpty()) {
                snapshots.register(snapshots.find(manifest.snapshotId()));
                snapshot.forEach(problem -> notes.add(problem.text()));
                notes.add("the snapshot " + manifest.snapshotId()
                        + " was registered with the metastore where it was not");
            }
            notes.addAll(integrity.restoreSeeds(trino, records, manifest));
            missing.addAll(integrity.seeds(trino, manifest));
        }
        if (!missing.isEmpty()) {
            return missing(
                    reportId,
                    manifest.contentHash(),
                    missing,
                    ReportVerification.concerned(integrity, missing, manifest));
        }
        notes.addAll(engineNotes(manifest));
        return rebuild(manifest, keep, notes);
    }

    /** Savepoints and registrations don't change what the query gives. */
    private static boolean prevents(ReportProblem problem) {
        return problem.verdict() != Verdict.NOTE && !(problem instanceof ReportProblem.SnapshotState);
    }

    /** The manifest and the query. */
    private List<ReportProblem> recipe(ReportRow row, Manifest manifest) {
        String query = manifest.reportName() + StoredSql.QUERY;
        return integrity.files(row, manifest).stream()
                .filter(problem -> problem instanceof ReportProblem.Own own
                        && List.of(query, ReportFiles.MANIFEST).contains(own.subject()))
                .toList();
    }

    private static Reproduction missing(
            String reportId,
            String contentHash,
            List<ReportProblem> missing,
            SequencedMap<String, List<String>> concerned) {
        return new Reproduction(reportId, contentHash, null, List.of(), missing, concerned, List.of(), null);
    }

    private List<String> engineNotes(Manifest manifest) {
        List<String> notes = new ArrayList<>();
        String version = trino.version();
        if (!version.equals(manifest.trinoVersion())) {
            notes.add("the report was made with Trino %s, and this is Trino %s"
                    .formatted(manifest.trinoVersion(), version));
        }
        String timeZone = trino.timeZone();
        if (!timeZone.equals(manifest.sessionTimeZone())) {
            notes.add("the report was made in the time zone %s, and Trino works in %s now"
                    .formatted(manifest.sessionTimeZone(), timeZone));
        }
        return notes;
    }

    private Reproduction rebuild(Manifest manifest, Optional<Path> keep, List<String> notes) {
        Path folder = keep.orElseGet(ReportReproduction::temporaryFolder);
        try {
            Files.createDirectories(folder);
            ReportAnswer answer = ReportAnswer.write(
                    trino,
                    StoredSql.read(files, manifest, StoredSql.QUERY).orElseThrow(),
                    manifest.reportName(),
                    folder,
                    Optional.empty(),
                    Optional.empty());
            List<FileComparison> comparisons = new ArrayList<>();
            for (Manifest.FileEntry entry : manifest.files()) {
                if (Files.exists(folder.resolve(entry.name()))) {
                    comparisons.add(FileDifferences.compare(entry, files.folder(manifest), folder));
                }
            }
            return new Reproduction(
                    manifest.reportId(),
                    manifest.contentHash(),
                    answer.contentHash(),
                    comparisons,
                    List.of(),
                    new LinkedHashMap<>(),
                    notes,
                    keep.orElse(null));
        } catch (EngineException e) {
            if (e.code() != EngineErrorCode.QUERY_FAILED) {
                throw e;
            }
            throw new MeterlakeException(
                    REPRODUCTION_FAILED,
                    "Cannot reproduce report %s: Trino refuses its query: %s"
                            .formatted(manifest.reportId(), e.reason()),
                    "It was made with Trino %s; try it with that version.".formatted(manifest.trinoVersion()),
                    e);
        } catch (IOException e) {
            throw ReportFiles.failure("write to " + folder, e);
        } finally {
            if (keep.isEmpty()) {
                files.discard(folder);
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("meterlake-reproduce-");
        } catch (IOException e) {
            throw ReportFiles.failure("make a temporary folder", e);
        }
    }

    private static void requireFree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> present = Files.list(folder)) {
            if (present.findAny().isEmpty()) {
                return;
            }
        } catch (IOException e) {
            throw ReportFiles.failure("list " + folder, e);
        }
        throw new MeterlakeException(
                FOLDER_IN_USE,
                "Cannot keep the files in " + folder + ": it is not empty",
                "Name a folder that is empty or not there yet.");
    }
}
