package io.meterlake.cli;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code clean}: removes what commands wrote into the SQL project's folder. The lake, runs and reports lie elsewhere. */
@Command(
        name = "clean",
        description = "Removes the folders that dbt_project.yml names as clean-targets (target, if none)",
        mixinStandardHelpOptions = true)
final class CleanCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Override
    public Integer call() {
        Project project = options.load(parent.config());
        project.cleanTargets().forEach(target -> requireDisposable(project, target));
        for (Path target : project.cleanTargets()) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                remove(target);
                parent.console().out().println("Removed " + target);
            }
        }
        return 0;
    }

    /** As dbt: nothing outside of the project, and nothing that somebody wrote by hand. */
    private static void requireDisposable(Project project, Path target) {
        boolean outside = !target.startsWith(project.folder()) || target.equals(project.folder());
        if (outside
                || project.sourceFolders().stream()
                        .anyMatch(source -> source.startsWith(target) || target.startsWith(source))) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot clean %s: it %s"
                            .formatted(
                                    target,
                                    outside
                                            ? "does not lie in the project's folder " + project.folder()
                                            : "holds what the project is made of"),
                    "Correct clean-targets in dbt_project.yml; nothing was removed.");
        }
    }

    private static void remove(Path target) {
        try {
            Files.walkFileTree(target, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + target, e);
        }
    }
}
