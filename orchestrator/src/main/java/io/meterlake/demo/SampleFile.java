package io.meterlake.demo;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that was written, or was there already with the same content.
 *
 * @param path where it is
 * @param utility who "sent" it
 * @param mapping the mapping that it is read with, if its format needs one
 * @param correction whether it corrects readings of files before it
 */
public record SampleFile(
        Path path, String utility, @Nullable Path mapping, boolean correction) {
    public SampleFile {
        requireNonNull(path, "path is null");
        requireNonNull(utility, "utility is null");
    }
}
