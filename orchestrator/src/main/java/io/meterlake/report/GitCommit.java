package io.meterlake.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which commit is checked out, from the files of {@code .git} (gitrepository-layout(5)), so that git need not be there. */
public final class GitCommit {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String REF = "ref: ";

    private GitCommit() {}

    /** The commit of the checkout that a folder lies in; empty if it lies in none, or in one without a commit. */
    public static Optional<String> of(Path folder) {
        for (Path above = folder.toAbsolutePath().normalize(); above != null; above = above.getParent()) {
            Path git = above.resolve(".git");
            try {
                if (Files.isDirectory(git)) {
                    return head(git);
                } else if (Files.isRegularFile(git)) {
                    String link = Files.readString(git).strip();
                    return head(
                            above.resolve(link.substring("gitdir: ".length())).normalize());
                }
            } catch (IOException | StringIndexOutOfBoundsException e) {
                // A checkout that cannot be read is no reason to make no report: the fingerprints tell the models.
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<String> head(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith(REF)) {
            return hash(head);
        }
        String ref = head.substring(REF.length());
        Path common = git.resolve("commondir");
        Path shared = Files.exists(common)
                ? git.resolve(Files.readString(common).strip()).normalize()
                : git;
        for (Path candidate : new Path[] {git.resolve(ref), shared.resolve(ref)}) {
            if (Files.isRegularFile(candidate)) {
                return hash(Files.readString(candidate).strip());
            }
        }
        Path packed = shared.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        return Files.readAllLines(packed).stream()
                .filter(line -> line.endsWith(" " + ref))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .flatMap(GitCommit::hash);
    }

    private static Optional<String> hash(String text) {
        return HASH.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
