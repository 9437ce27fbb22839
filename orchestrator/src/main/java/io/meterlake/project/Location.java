package io.meterlake.project;

import static java.util.Objects.requireNonNull;

/**
 * A place in the project, for messages.
 *
 * @param file relative to the project folder, with {@code /} between the folders on every system
 * @param line counted from 1; 0 if the file as a whole is meant
 */
public record Location(String file, int line) implements Comparable<Location> {
    public Location {
        requireNonNull(file, "file is null");
    }

    /** The file as a whole. */
    public static Location of(String file) {
        return new Location(file, 0);
    }

    @Override
    public int compareTo(Location other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
