package io.meterlake.report;

import static io.meterlake.snapshot.SnapshotErrorCode.UNKNOWN_SNAPSHOT;
import static java.util.Objects.requireNonNull;

import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.Sha256;
import io.meterlake.project.Relation;
import io.meterlake.report.ReportProblem.Verdict;
import io.meterlake.run.PublishedViews;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotCheck;
import io.meterlake.snapshot.SnapshotProblem;
import io.meterlake.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the parts of a report with what they were when it was made. Changes nothing. */
final class ReportIntegrity {
    private final ReportFiles files;
    private final Snapshots snapshots;

    ReportIntegrity(ReportFiles files, Snapshots snapshots) {
        this.files = files;
        this.snapshots = snapshots;
    }

    /** The manifest against the table {@code reports}, and the files against the manifest. */
    List<ReportProblem> files(ReportRow row, Manifest manifest) {
        List<ReportProblem> problems = new ArrayList<>();
        if (!files.manifestSha256(manifest).equals(row.manifestSha256())) {
            problems.add(new ReportProblem.Own(
                    ReportFiles.MANIFEST,
                    "its manifest was changed: " + files.folder(manifest).resolve(ReportFiles.MANIFEST)));
        }
        for (Manifest.FileEntry entry : manifest.files()) {
            Path file = files.folder(manifest).resolve(entry.name());
            fileProblem(file, entry).ifPresent(text -> problems.add(new ReportProblem.Own(entry.name(), text)));
        }
        return problems;
    }

    /** What is wrong with one file of a report. */
    static Optional<String> fileProblem(Path file, Manifest.FileEntry entry) {
        try {
            if (!Files.exists(file)) {
                return Optional.of("its file is gone: " + file);
            }
            return Sha256.ofFile(file).equals(entry.sha256())
                    ? Optional.empty()
                    : Optional.of("its file was changed: " + file);
        } catch (IOException e) {
            throw ReportFiles.failure("read " + file, e);
        }
    }

    /** The row of {@code reports} against the manifest and the signatures. */
    static List<ReportProblem> row(ReportRow row, Manifest manifest, SignatureCheck signatures) {
        List<ReportProblem> problems = new ArrayList<>();
        if (!row.isOf(manifest)) {
            problems.add(
                    new ReportProblem.Own("row", "its row in the table reports does not say what its manifest says"));
        }
        signatures.problem(row).ifPresent(text -> problems.add(new ReportProblem.Own("signature", text)));
        return problems;
    }

    /** The snapshot that a report read, as far as the report needs it. */
    Inputs inputs(Manifest manifest) {
        Snapshot snapshot;
        try {
            snapshot = snapshots.find(manifest.snapshotId());
        } catch (MeterlakeException e) {
            if (e.code() != UNKNOWN_SNAPSHOT) {
                throw e;
            }
            return new Inputs(0, List.of(new ReportProblem.SnapshotGone(manifest.snapshotId())));
        }
        SnapshotCheck check = snapshots.verify(snapshot);
        List<ReportProblem> problems = new ArrayList<>();
        check.problems().forEach(problem -> problems.add(problem(problem, manifest)));
        if (check.problems().stream().noneMatch(SnapshotProblem.BrokenList.class::isInstance)) {
            problems.addAll(withoutChecksum(snapshot, manifest));
            problems.addAll(otherFiles(snapshot, manifest));
        }
        return new Inputs(check.files(), problems);
    }

    /** The checksums of the files that a report reads are recorded when it is made: none of them can be missing. */
    private List<ReportProblem> withoutChecksum(Snapshot snapshot, Manifest manifest) {
        List<ReportProblem> problems = new ArrayList<>();
        for (Manifest.Input input : manifest.inputs()) {
            for (PinnedFile file : snapshots.files(snapshot, input.table())) {
                if (file.sha256().isEmpty() && manifest.reads(file.table(), file.partition())) {
                    problems.add(new ReportProblem.InputFile(
                            Verdict.TAMPERED,
                            file,
                            "the checksum of " + file.relativePath() + ", which the report read, was taken away"));
                }
            }
        }
        return problems;
    }

    /** The list's checksums are those of the files, and yet not those that the report read. */
    private List<ReportProblem> otherFiles(Snapshot snapshot, Manifest manifest) {
        List<ReportProblem> problems = new ArrayList<>();
        for (Manifest.Input input : manifest.inputs()) {
            String proof = InputProof.sha256(snapshots.files(snapshot, input.table()), input.partitionsRead());
            if (!proof.equals(input.readFilesSha256())) {
                problems.add(new ReportProblem.FileList(
                        input.table(),
                        "the list of the files of %s in snapshot %s is not the one that the report read: a checksum in it was changed"
                                .formatted(input.table(), snapshot.id())));
            }
        }
        return problems;
    }

    /** @param files how many base files were looked at */
    record Inputs(long files, List<ReportProblem> problems) {}

    private static ReportProblem problem(SnapshotProblem problem, Manifest manifest) {
        return switch (problem) {
            case SnapshotProblem.FileProblem file
            when !manifest.reads(file.file().table(), file.file().partition()) ->
                new ReportProblem.SnapshotState(
                        Verdict.NOTE, file.text() + ", which is in the snapshot and which the report does not read");
            case SnapshotProblem.MissingFile missing ->
                new ReportProblem.InputFile(Verdict.MISSING, missing.file(), missing.text());
            case SnapshotProblem.ChangedSize changed ->
                new ReportProblem.InputFile(Verdict.TAMPERED, changed.file(), changed.text());
            case SnapshotProblem.ChangedContent changed ->
                new ReportProblem.InputFile(Verdict.TAMPERED, changed.file(), changed.text());
            case SnapshotProblem.BrokenList list -> new ReportProblem.FileList(list.table(), list.text());
            case SnapshotProblem.Unprotected open -> new ReportProblem.SnapshotState(Verdict.TAMPERED, open.text());
            case SnapshotProblem.NotRegistered lost -> new ReportProblem.SnapshotState(Verdict.NOTE, lost.text());
            case SnapshotProblem.MissingGathered lost -> new ReportProblem.SnapshotState(Verdict.NOTE, lost.text());
        };
    }

    /** The tables of the seeds that a report read. One that is lost and can be made again is only a note. */
    List<ReportProblem> seeds(Trino trino, Manifest manifest) {
        StoredSeeds stored = new StoredSeeds(files, manifest);
        PublishedViews tables = new PublishedViews(trino);
        List<ReportProblem> problems = new ArrayList<>();
        for (Manifest.SeedInput seed : manifest.seeds()) {
            Relation relation = relation(seed.relation());
            if (!tables.exists(relation)) {
                String gone = "missing table %s of the seed %s".formatted(seed.relation(), seed.seed());
                problems.add(stored.unchanged(seed)
                        .map(file -> new ReportProblem.SeedTable(
                                Verdict.NOTE,
                                seed.relation(),
                                gone + "; `report reproduce` makes it again from " + file.getFileName()))
                        .orElseGet(() -> new ReportProblem.SeedTable(Verdict.MISSING, seed.relation(), gone)));
            } else if (!ContentHash.of(trino, relation).equals(seed.contentHash())) {
                problems.add(new ReportProblem.SeedTable(
                        Verdict.TAMPERED,
                        seed.relation(),
                        "changed table %s of the seed %s".formatted(seed.relation(), seed.seed())));
            }
        }
        return problems;
    }

    /**
     * Makes the tables of a report's seeds again that are lost. Who makes one holds the lock for work on the models, as
     * who loads seeds does: a table that somebody else has made since is left alone.
     *
     * @return a line for each
     * @throws MeterlakeException {@code LAKE_LOCKED} if one is lost and somebody is at work on the models
     */
    List<String> restoreSeeds(Trino trino, ReportRecords records, Manifest manifest) {
        StoredSeeds stored = new StoredSeeds(files, manifest);
        PublishedViews tables = new PublishedViews(trino);
        List<String> notes = new ArrayList<>();
        for (Manifest.SeedInput seed : manifest.seeds()) {
            Relation table = relation(seed.relation());
            Optional<Path> file = tables.exists(table) ? Optional.empty() : stored.unchanged(seed);
            if (file.isEmpty()) {
                continue;
            }
            try (WorkLock lock = records.lockModels()) {
                requireNonNull(lock);
                if (!tables.exists(table)) {
                    stored.restore(trino, seed, file.get());
                    notes.add("the table %s of the seed %s was lost, and was made again from %s"
                            .formatted(seed.relation(), seed.seed(), file.get().getFileName()));
                }
            }
        }
        return notes;
    }

    static Relation relation(String dotted) {
        String[] parts = dotted.split("\\.", 3);
        return new Relation(parts[0], parts[1], parts[2]);
    }

    /** The other reports that read the same input as the one that a problem is about. */
    List<String> concerned(ReportProblem problem, Manifest manifest) {
        return files.ids().stream()
                .flatMap(id -> readable(id).stream())
                .filter(other -> !other.reportId().equals(manifest.reportId()))
                .filter(other -> switch (problem) {
                    case ReportProblem.InputFile input -> reads(other, input.file());
                    case ReportProblem.SeedTable seed ->
                        other.seeds().stream().anyMatch(one -> one.relation().equals(seed.relation()));
                    case ReportProblem.SnapshotGone gone -> other.snapshotId().equals(gone.snapshotId());
                    case ReportProblem.Own own -> false;
                    case ReportProblem.Lineage own -> false;
                    case ReportProblem.FileList list -> other.snapshotId().equals(manifest.snapshotId());
                    case ReportProblem.SnapshotState state -> false;
                })
                .map(Manifest::reportId)
                .toList();
    }

    private Optional<Manifest> readable(String reportId) {
        try {
            return files.find(reportId);
        } catch (MeterlakeException e) {
            // What is wrong with another report's manifest, its own verification tells.
            return Optional.empty();
        }
    }

    private boolean reads(Manifest manifest, PinnedFile file) {
        if (!manifest.reads(file.table(), file.partition())) {
            return false;
        }
        try {
            Snapshot snapshot = snapshots.find(manifest.snapshotId());
            return snapshots.files(snapshot, file.table()).stream()
                    .anyMatch(one -> one.relativePath().equals(file.relativePath()));
        } catch (MeterlakeException e) {
            // Its own snapshot is gone or broken, which its own verification tells.
            return false;
        }
    }
}
