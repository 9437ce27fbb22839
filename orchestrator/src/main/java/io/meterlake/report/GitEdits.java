package io.meterlake.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Whether a checkout's folder has edits that its commit does not have, as git itself says. */
public enum GitEdits {
    /** The folder is as the commit has it. */
    NONE,
    /** Files were changed, added or removed. */
    UNCOMMITTED,
    /** There is no git to ask, or it does not say. */
    UNKNOWN;

    private static final long SECONDS = 30;

    /**
     * Asks {@code git status} about a folder and what is below it. Files that are not under version control count, but for
     * ignored ones.
     */
    public static GitEdits of(Path folder) {
        return of(folder, "git");
    }

    /** @param git the program's name or path */
    static GitEdits of(Path folder, String git) {
        try {
            Path answer = Files.createTempFile("meterlake-git-", ".txt");
            try {
                return ask(folder, git, answer);
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            // No git, or no folder: that it is not known is all that can be said.
            return UNKNOWN;
        }
    }

    private static GitEdits ask(Path folder, String git, Path answer) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        git, "--no-optional-locks", "status", "--porcelain", "--untracked-files=all", "--", "."))
                .directory(folder.toFile())
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Such as GIT_DIR of a hook that this runs in: it would be asked about another checkout.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return UNKNOWN;
            }
            return Files.size(answer) == 0 ? NONE : UNCOMMITTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        } finally {
            process.destroyForcibly();
        }
    }

    /** As in a manifest. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
