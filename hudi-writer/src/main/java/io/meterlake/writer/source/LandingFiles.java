package io.meterlake.writer.source;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of a landing folder. */
public final class LandingFiles {
    private LandingFiles() {}

    /**
     * The file itself, or all files in and below a folder in the order of their paths. Hidden files and those that an
     * upload has not finished ({@code .tmp}, {@code .part}, {@code .filepart}) are left out.
     *
     * @throws MeterlakeException {@code FILE_NOT_READABLE} if there is nothing at the path or it can't be listed
     */
    public static List<Path> find(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new MeterlakeException(
                    LakeErrorCode.FILE_NOT_READABLE,
                    "Cannot ingest " + path + ": there is no such file or folder",
                    "Correct the path");
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(file -> isVisible(path.relativize(file)) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.FILE_NOT_READABLE,
                    "Cannot list the folder " + path + ": " + e,
                    "Check that you may read it",
                    e);
        }
    }

    private static boolean isVisible(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = relative.toString();
        return !(name.endsWith(".tmp") || name.endsWith(".part") || name.endsWith(".filepart"));
    }
}
