package io.meterlake.lake;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What is at a place of a lake. Unlike {@link Files#exists} and its kin, which take a disk or a store that does not answer
 * for one that has nothing there: a lake must not be made anew, nor a file be called lost, for that.
 */
public final class LakeFiles {
    private LakeFiles() {}

    /**
     * Whether a file or a folder is there.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}: it can't be told
     */
    public static boolean exists(Path path) {
        return attributes(path).isPresent();
    }

    /**
     * Whether a folder is there; in an object store, whether anything is below it.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}: it can't be told
     */
    public static boolean isFolder(Path path) {
        return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            Path parent = path.getParent();
            if (parent != null && Files.isRegularFile(parent)) {
                // Below a file there is nothing, which a disk does not call missing.
                return Optional.empty();
            }
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot tell whether " + path + " is there: " + FailedIo.reason(e),
                    "Check that the lake's disk or store is there and that you may read it, and run the command again",
                    e);
        }
    }
}
