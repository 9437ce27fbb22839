package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.BROKEN_MANIFEST;
import static io.meterlake.report.ReportErrorCode.REPORT_FILES;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.disk.DurableFile;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reports on disk: {@code <reports.path>/<name>/<period>/<report id>/}. A report appears there at once and whole: it
 * is written into a folder beside it, brought to the disk, and renamed. {@code lineage.json}, added when the lineage rows
 * are written, is a copy of them; a report without it is not finished.
 */
public final class ReportFiles {
    static final String MANIFEST = "manifest.json";
    static final String LINEAGE = "lineage.json";
    private static final String SIGNING = "signing.json";
    private static final String UNFINISHED = ".unfinished-";

    private final Path root;

    public ReportFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** All reports, by name, period, run type and number. */
    public List<Manifest> all() {
        List<Manifest> manifests = new ArrayList<>();
        for (Path folder : reportFolders()) {
            manifests.add(readFrom(folder));
        }
        manifests.sort(Comparator.comparing(Manifest::reportName)
                .thenComparing(Manifest::periodStart)
                .thenComparing(Manifest::period)
                .thenComparing(Manifest::createdAt)
                .thenComparing(Manifest::reportId));
        return List.copyOf(manifests);
    }

    /** The reports whose rows are not known to be written. */
    public List<Manifest> unfinished() {
        return reportFolders().stream()
                .filter(folder -> !Files.exists(folder.resolve(LINEAGE)))
                .map(folder -> readFrom(folder))
                .toList();
    }

    /** A report by its id. Others may be damaged. */
    public Optional<Manifest> find(String reportId) {
        return reportFolders().stream()
                .filter(folder -> folder.endsWith(reportId))
                .map(folder -> readFrom(folder))
                .findFirst();
    }

    boolean isFinished(Manifest manifest) {
        return Files.exists(folder(manifest).resolve(LINEAGE));
    }

    /** The ids of all reports, sorted. */
    public List<String> ids() {
        return reportFolders().stream()
                .map(folder -> folder.getFileName().toString())
                .sorted()
                .toList();
    }

    /** Where a report's files are. */
    public Path folder(Manifest manifest) {
        return folder(manifest.reportName(), manifest.period().replace('/', '_'), manifest.reportId());
    }

    private Path folder(String name, String period, String reportId) {
        return root.resolve(name).resolve(period).resolve(reportId);
    }

    /** An empty folder for a report in the making; what a run that was cut off left in its place is removed. */
    Path begin(String name, Period period, String reportId) {
        Path folder = folder(name, period.fileName(), UNFINISHED + reportId);
        try {
            deleteTree(folder);
            Files.createDirectories(folder);
            return folder;
        } catch (IOException e) {
            throw failure("make the folder " + folder, e);
        }
    }

    /** Writes a file of a report and brings it to the disk. */
    static void write(Path file, String text) {
        try {
            DurableFile.write(file, text);
        } catch (IOException e) {
            throw failure("write " + file, e);
        }
    }

    /** Makes a report in the making a report. */
    Path finish(Path making, Manifest manifest) {
        write(making.resolve(MANIFEST), JsonDocuments.document(manifest));
        Path target = folder(manifest);
        try {
            DurableFile.forceFolder(making);
            Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
            // Also the folders that may be new: the lineage must not be safer than what it speaks of.
            for (Path folder = target.getParent();
                    folder != null && folder.startsWith(root);
                    folder = folder.getParent()) {
                DurableFile.forceFolder(folder);
            }
            return target;
        } catch (IOException e) {
            throw failure("put the report at " + target, e);
        }
    }

    /** Notes that the lineage rows are written. */
    void noteLineage(Manifest manifest, List<?> rows) {
        write(folder(manifest).resolve(LINEAGE), JsonDocuments.document(rows));
    }

    /**
     * The copy of a report's lineage rows, by table.
     *
     * @throws MeterlakeException {@code BROKEN_MANIFEST} if it can't be read
     */
    List<LineageRow> lineage(Manifest manifest) {
        Path file = folder(manifest).resolve(LINEAGE);
        try {
            return List.of(JsonDocuments.read(Files.readString(file), LineageRow[].class));
        } catch (JsonProcessingException e) {
            throw broken(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failure("read " + file, e);
        }
    }

    /**
     * A signature that is being written, or was when a process was killed.
     *
     * @param link its row of {@code report_lineage}
     */
    record Signing(Manifest manifest, LineageRow link) {}

    /** Notes that a signature is going to be written. */
    void beginSigning(Manifest manifest, LineageRow link) {
        write(folder(manifest).resolve(SIGNING), JsonDocuments.document(link));
    }

    /** Takes the note away. */
    void endSigning(Manifest manifest) {
        Path folder = folder(manifest);
        try {
            Files.deleteIfExists(folder.resolve(SIGNING));
            DurableFile.forceFolder(folder);
        } catch (IOException e) {
            throw failure("remove " + folder.resolve(SIGNING), e);
        }
    }

    /** The signatures that may be half written. */
    List<Signing> signings() {
        return reportFolders().stream()
                .flatMap(folder -> signing(folder).stream())
                .toList();
    }

    private Optional<Signing> signing(Path folder) {
        Path file = folder.resolve(SIGNING);
        try {
            LineageRow link = JsonDocuments.read(Files.readString(file), LineageRow.class);
            return Optional.of(new Signing(readFrom(folder), link));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw broken(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failure("read " + file, e);
        }
    }

    /** The SHA-256 of a report's manifest as it lies there. */
    String manifestSha256(Manifest manifest) {
        Path file = folder(manifest).resolve(MANIFEST);
        try {
            return Sha256.ofFile(file);
        } catch (IOException e) {
            throw failure("read " + file, e);
        }
    }

    /** Brings a file to the disk. */
    static void force(Path file) {
        try {
            DurableFile.force(file);
        } catch (IOException e) {
            throw failure("write " + file, e);
        }
    }

    void discard(Path making) {
        try {
            deleteTree(making);
        } catch (IOException e) {
            throw failure("remove " + making, e);
        }
    }

    private List<Path> reportFolders() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root, 3)) {
            return paths.filter(path -> root.relativize(path).getNameCount() == 3)
                    .filter(path -> !path.getFileName().toString().startsWith(UNFINISHED))
                    .filter(path -> Files.isRegularFile(path.resolve(MANIFEST)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure("list the reports in " + root, e);
        }
    }

    private Manifest readFrom(Path folder) {
        Path file = folder.resolve(MANIFEST);
        try {
            Manifest manifest = Manifest.read(Files.readString(file), file);
            if (!folder(manifest).equals(folder)) {
                throw broken(file, "it is the manifest of " + manifest.reportId() + " for " + manifest.period(), null);
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw broken(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failure("read " + file, e);
        }
    }

    private static MeterlakeException broken(Path file, String reason, @Nullable Throwable cause) {
        return new MeterlakeException(
                BROKEN_MANIFEST,
                "Cannot read " + file + ": " + reason,
                "Bring the file back from a backup; Meterlake never changes a manifest.",
                cause);
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                REPORT_FILES,
                "Cannot " + action + ": " + cause,
                "Check that reports.path is a folder that you may write to, on a disk with room.",
                cause);
    }
}
