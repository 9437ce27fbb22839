package io.meterlake.report;

import static java.util.Objects.requireNonNull;

import io.meterlake.snapshot.PinnedFile;
import java.util.Optional;

/** Something about a report that is not as it was when it was made. */
public sealed interface ReportProblem {
    /** How bad it is; the worst one of a report counts. */
    enum Verdict {
        /** Worth knowing; the report can be made again. */
        NOTE,
        /** What it was made from is not all there. */
        MISSING,
        /** Something was changed that Meterlake never changes. */
        TAMPERED
    }

    Verdict verdict();

    /** One line for people. */
    String text();

    /**
     * The report's own files, its row in {@code reports}, its signature.
     *
     * @param subject the file's name, or {@code folder}, {@code row} or {@code signature}
     */
    record Own(String subject, String text) implements ReportProblem {
        @Override
        public Verdict verdict() {
            return Verdict.TAMPERED;
        }
    }

    /** Its lineage rows, or the chain that they are in. */
    record Lineage(String text) implements ReportProblem {
        @Override
        public Verdict verdict() {
            return Verdict.TAMPERED;
        }
    }

    /** The snapshot is gone as a whole. */
    record SnapshotGone(String snapshotId) implements ReportProblem {
        @Override
        public Verdict verdict() {
            return Verdict.MISSING;
        }

        @Override
        public String text() {
            return "missing snapshot " + snapshotId;
        }
    }

    /** A base file that it reads is gone ({@code MISSING}) or was changed ({@code TAMPERED}). */
    record InputFile(Verdict verdict, PinnedFile file, String text) implements ReportProblem {}

    /** A seed's table is gone ({@code MISSING}, {@code NOTE} if its rows are not) or was changed ({@code TAMPERED}). */
    record SeedTable(Verdict verdict, String relation, String text) implements ReportProblem {}

    /** Which base files of a table are in the snapshot can't be told. */
    record FileList(String table, String text) implements ReportProblem {
        @Override
        public Verdict verdict() {
            return Verdict.TAMPERED;
        }
    }

    /** Something about the snapshot that leaves the rows as they were: its savepoints, its registration. */
    record SnapshotState(Verdict verdict, String text) implements ReportProblem {
        public SnapshotState {
            requireNonNull(verdict, "verdict is null");
            requireNonNull(text, "text is null");
        }
    }

    /** The base file that it is about, if it is about one. */
    default Optional<PinnedFile> pinnedFile() {
        return this instanceof InputFile input ? Optional.of(input.file()) : Optional.empty();
    }
}
