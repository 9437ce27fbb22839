package io.meterlake.snapshot;

/** Something of a snapshot that is not as it was when it was made. */
public sealed interface SnapshotProblem {
    /** The table of the lake that it concerns. */
    String table();

    /** One line for people. */
    String text();

    /** A problem with one base file: the rows in it can't be had any more as they were. */
    sealed interface FileProblem extends SnapshotProblem {
        PinnedFile file();

        @Override
        default String table() {
            return file().table();
        }
    }

    record MissingFile(PinnedFile file) implements FileProblem {
        @Override
        public String text() {
            return "missing file " + file.relativePath();
        }
    }

    record ChangedSize(PinnedFile file, long sizeBytes) implements FileProblem {
        @Override
        public String text() {
            return "changed file %s: it has %d bytes and had %d when it was pinned"
                    .formatted(file.relativePath(), sizeBytes, file.sizeBytes());
        }
    }

    record ChangedContent(PinnedFile file, String sha256) implements FileProblem {
        @Override
        public String text() {
            return "changed file %s: its SHA-256 is %s and was %s when it was recorded"
                    .formatted(file.relativePath(), sha256, file.sha256().orElse("unknown"));
        }
    }

    /** The list of files itself is gone or is not what was pinned: which files belong to the snapshot can't be told. */
    record BrokenList(String table, String text) implements SnapshotProblem {}

    /** The cleaner may take files that nothing keeps it away from. The rows are still there. */
    record Unprotected(String table, String text) implements SnapshotProblem {}

    /** Trino can't read the table, or reads other files; {@link Snapshots#register} mends it. */
    record NotRegistered(String table, String text) implements SnapshotProblem {}

    /** A file of the readings by meter is gone. What was pinned is whole, and {@code snapshot gather} makes it again. */
    record MissingGathered(String table, String path) implements SnapshotProblem {
        @Override
        public String text() {
            return "missing gathered file " + path + "; `./meterlake snapshot gather` makes it again";
        }
    }
}
