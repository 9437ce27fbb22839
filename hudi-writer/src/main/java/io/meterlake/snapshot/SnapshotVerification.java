package io.meterlake.snapshot;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a snapshot with what is there. */
final class SnapshotVerification {
    private static final int BUFFER = 1 << 16;

    private final Lake lake;
    private final Snapshot snapshot;
    private final SnapshotFolder folder;
    private final List<SnapshotProblem> problems = new ArrayList<>();
    private long files;
    private long bytes;
    private long checksums;

    SnapshotVerification(Lake lake, Snapshot snapshot) {
        this.lake = lake;
        this.snapshot = snapshot;
        this.folder = new SnapshotFolder(lake, snapshot.id());
    }

    SnapshotCheck run() {
        for (PinnedTable table : snapshot.tables()) {
            List<PinnedFile> listed;
            try {
                listed = folder.readList(table);
            } catch (MeterlakeException e) {
                problems.add(new SnapshotProblem.BrokenList(table.table(), reason(e)));
                continue;
            }
            listed.forEach(this::checkFile);
            checkSavepoints(table, listed);
            checkRegistration(table, listed);
        }
        return new SnapshotCheck(snapshot.id(), files, bytes, checksums, problems);
    }

    private static String reason(MeterlakeException e) {
        return String.valueOf(e.getMessage());
    }

    private void checkFile(PinnedFile file) {
        files++;
        bytes += file.sizeBytes();
        Path path = file.path(lake.config().root());
        try {
            long size = Files.size(path);
            if (size != file.sizeBytes()) {
                problems.add(new SnapshotProblem.ChangedSize(file, size));
            } else if (file.sha256().isPresent()) {
                checksums++;
                String actual = sha256(path);
                if (!actual.equals(file.sha256().get())) {
                    problems.add(new SnapshotProblem.ChangedContent(file, actual));
                }
            }
        } catch (NoSuchFileException e) {
            problems.add(new SnapshotProblem.MissingFile(file));
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot read " + path + ": " + e,
                    "Check the disk that it lies on, and that you may read it",
                    e);
        }
    }

    /** The file with the checksum of its content. */
    static PinnedFile withChecksum(PinnedFile file, Path lakeRoot) {
        Path path = file.path(lakeRoot);
        try {
            if (Files.size(path) != file.sizeBytes()) {
                throw new IOException("it has " + Files.size(path) + " bytes and had " + file.sizeBytes());
            }
            return new PinnedFile(
                    file.table(), file.partition(), file.fileName(), file.sizeBytes(), Optional.of(sha256(path)));
        } catch (IOException e) {
            throw new MeterlakeException(
                    SnapshotErrorCode.SNAPSHOT_STORAGE,
                    "Cannot record the checksum of " + path + ": " + e,
                    "Restore the file from a backup; `snapshot verify` names all that are not as they were",
                    e);
        }
    }

    static String sha256(Path path) throws IOException {
        MessageDigest digest = FileList.digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void checkSavepoints(PinnedTable table, List<PinnedFile> listed) {
        Savepoints savepoints = new Savepoints(lake.table(table.table()));
        Set<String> present = savepoints.completed();
        List<String> gone = table.savepoints().stream()
                .filter(commit -> !present.contains(commit))
                .toList();
        Set<String> covered = savepoints.files(table.savepoints());
        long open = listed.stream()
                .filter(file -> !covered.contains(Savepoints.key(file.partition(), file.fileName())))
                .count();
        if (!gone.isEmpty() || open > 0) {
            problems.add(new SnapshotProblem.Unprotected(
                    table.table(),
                    "%s: the cleaner may take %d of its files; savepoints missing: %s"
                            .formatted(table.table(), open, gone.isEmpty() ? "none" : String.join(", ", gone))));
        }
    }

    private void checkRegistration(PinnedTable table, List<PinnedFile> listed) {
        List<String> wrong = folder.wrongManifests(table.table(), listed);
        String name = snapshot.database() + "." + table.table();
        if (!wrong.isEmpty()) {
            problems.add(new SnapshotProblem.NotRegistered(
                    table.table(),
                    name + " does not read what was pinned: manifest missing or changed in "
                            + (wrong.getFirst().isEmpty() ? "its folder" : String.join(", ", wrong))));
        }
        try {
            String description = folder.readDescription();
            if (!lake.manifestDatabases()
                    .isRegistered(
                            snapshot.database(), SnapshotRegistration.table(folder, description, table, listed))) {
                problems.add(new SnapshotProblem.NotRegistered(
                        table.table(),
                        name + " is not in the metastore as it was registered, or its partitions lie elsewhere"));
            }
        } catch (MeterlakeException e) {
            if (!e.code().equals(SnapshotErrorCode.SNAPSHOT_STORAGE)) {
                throw e;
            }
            problems.add(new SnapshotProblem.NotRegistered(table.table(), reason(e)));
        }
    }
}
