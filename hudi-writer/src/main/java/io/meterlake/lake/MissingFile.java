package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

/**
 * A base file that a completed commit or a savepoint names and that is not on disk. Readers take the file before it, if
 * there is one, and say nothing.
 *
 * @param table the table's name
 * @param path below the lake's folder
 * @param commit the requested time of the commit that wrote it
 */
public record MissingFile(String table, String path, String commit) {
    public MissingFile {
        requireNonNull(table, "table is null");
        requireNonNull(path, "path is null");
        requireNonNull(commit, "commit is null");
    }

    /** For people: the file and its commit. */
    public String text() {
        return path + " of commit " + commit;
    }
}
