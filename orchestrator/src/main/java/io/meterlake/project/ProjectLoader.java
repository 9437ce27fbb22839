package io.meterlake.project;

import java.nio.file.Path;

/** Reads a project from its folder. */
public final class ProjectLoader {
    private ProjectLoader() {}

    /**
     * Reads all files of a project.
     *
     * @param folder the folder that holds {@code dbt_project.yml}
     * @throws io.meterlake.error.MeterlakeException with a numbered list of all that is wrong, each with its file and
     *     line
     */
    public static Project load(Path folder) {
        return pending(folder.toString());
    }

    private static Project pending(String what) {
        if (what.isEmpty()) {
            throw new IllegalArgumentException("nothing to do");
        }
        throw new UnsupportedOperationException(what);
    }
}
