package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.format.FileHeader;
import io.meterlake.format.FormatErrorCode;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.reading.ReadingSink;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From what stands on the command line to files with their formats. */
final class IngestFiles {
    private final String utility;
    private final Optional<MeterFormat> named;
    private final MeterFormats formats;

    /** @param named the format of all files; empty if their content shall tell */
    IngestFiles(String utility, Optional<MeterFormat> named, MeterFormats formats) {
        this.utility = utility;
        this.named = named;
        this.formats = formats;
    }

    /**
     * The files, and those in the folders, in the order given and by name within a folder. All formats are told before
     * the first file is taken in, so that a mistyped option changes nothing. A file that no format recognises is void, and
     * holds nothing else up, if it merely lies in a folder or others are recognised.
     *
     * @throws MeterlakeException if a name is of no file, or files are named and no format recognises any
     */
    List<IngestRequest> requests(List<Path> paths) {
        List<IngestRequest> requests = new ArrayList<>();
        for (Path path : paths) {
            files(path).forEach(file -> requests.add(request(file)));
        }
        boolean someFolder = paths.stream().anyMatch(Files::isDirectory);
        if (!someFolder && requests.stream().allMatch(request -> request.format() instanceof UnknownFile)) {
            // The one that is named first says why.
            requests.stream().findFirst().ifPresent(request -> detect(request.file()));
        }
        if (requests.isEmpty()) {
            throw new MeterlakeException(
                    CliErrorCode.NO_SUCH_FILE,
                    "Cannot ingest %s: there is no file in it"
                            .formatted(String.join(
                                    ", ", paths.stream().map(Path::toString).toList())),
                    "Name files, or folders that hold some; hidden files and *.part are left alone.");
        }
        return requests;
    }

    /** A file that lies in a folder; one that no format recognises is void. */
    IngestRequest request(Path file) {
        return new IngestRequest(file, utility, named.orElseGet(() -> find(file)));
    }

    /** The files that lie in folders now, by name within a folder. One that vanishes meanwhile is not among them. */
    List<WatchedFolders.Seen> seen(List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> files(folder).stream())
                .flatMap(file -> seen(file).stream())
                .toList();
    }

    private static Optional<WatchedFolders.Seen> seen(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new WatchedFolders.Seen(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at " + file, e);
        }
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            FormatOptions.requireFile(path);
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isRegularFile)
                    .filter(IngestFiles::isDelivered)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + path, e);
        }
    }

    /** Not a hidden file, one that is being uploaded, or a mapping that lies beside the files. */
    private static boolean isDelivered(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.endsWith(".part") && !name.endsWith(".yml") && !name.endsWith(".yaml");
    }

    private MeterFormat find(Path file) {
        try {
            return detect(file);
        } catch (MeterlakeException e) {
            if (e.code() != FormatErrorCode.UNKNOWN_FORMAT) {
                throw e;
            }
            String reason = e.getMessage() == null ? "no format recognises it" : e.getMessage();
            return new UnknownFile(new UnreadableFileException(reason, e.hint(), e));
        }
    }

    private MeterFormat detect(Path file) {
        try {
            return formats.detect(new LocalMeterFile(file));
        } catch (UnreadableFileException e) {
            return new DamagedFile(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** A file that is nothing to read: the ledger shall keep it and the reason, as of any other. */
    private sealed interface Nothing extends MeterFormat {
        UnreadableFileException reason();

        @Override
        default String name() {
            return "unknown";
        }

        @Override
        default boolean recognises(byte[] head) {
            return false;
        }

        @Override
        default FileHeader read(MeterFile file, ReadingSink sink) {
            throw reason();
        }
    }

    /** Of no known format. */
    private record UnknownFile(UnreadableFileException reason) implements Nothing {}

    /** Damaged where its format would show. */
    private record DamagedFile(UnreadableFileException reason) implements Nothing {}
}
