package io.meterlake.compile;

import io.meterlake.project.GenericTest;
import io.meterlake.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes compiled SQL where dbt writes it: {@code target/compiled/<project>/<the file's own path>}. */
public final class CompiledFiles {
    private CompiledFiles() {}

    /** The folder of a project's compiled SQL. */
    public static Path folder(Project project) {
        return project.targetFolder().resolve("compiled").resolve(project.name());
    }

    /**
     * Writes the SQL of the nodes that have any.
     *
     * @return how many files were written
     */
    public static int write(CompiledProject project, List<CompiledNode> nodes) {
        int written = 0;
        for (CompiledNode node : nodes) {
            if (node.compiled().isPresent()) {
                write(path(project.project(), node), node.compiled().get().sql());
                written++;
            }
        }
        return written;
    }

    /** A test of a property file gets a file of its own in a folder named like the property file. */
    private static Path path(Project project, CompiledNode node) {
        Path file = folder(project).resolve(node.location().file());
        return node.resource() instanceof GenericTest test ? file.resolve(fileName(test)) : file;
    }

    private static String fileName(GenericTest test) {
        String id = test.uniqueId();
        String name = test.name();
        // Some file systems take no name longer than 255 bytes.
        String shortName = name.length() <= 100 ? name : name.substring(0, 100) + id.substring(id.lastIndexOf('.'));
        return shortName + ".sql";
    }

    private static void write(Path file, String sql) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, sql + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
