package io.meterlake.cli;

import io.meterlake.artifact.ArtifactFiles;
import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.determinism.GateReport;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Checksum;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a command found out about the SQL project as it is now, kept in its {@code target} so that the next one need not
 * find it out again: what the determinism gate said, and that the manifest there is of it. It holds as long as the contents
 * of all files, the options and this program are the same. What is kept is never needed: a file that cannot be read counts
 * as none.
 */
final class KnownProject {
    private static final String FILE = ".known.json";
    private static final String CUSTOM_VARIABLE = "DBT_ENV_CUSTOM_ENV_";

    /**
     * The file.
     *
     * @param key of what it tells
     * @param manifest of the manifest that was written then; null if none was
     * @param gate null if nobody has asked; never one with errors
     */
    private record Kept(
            String key, @Nullable Stamp manifest, @Nullable GateReport gate) {}

    /** By which a file is known again. */
    private record Stamp(long size, long modified) {}

    private final Path target;
    private final String key;

    private KnownProject(Path target, String key) {
        this.target = target;
        this.key = key;
    }

    static KnownProject of(CompiledProject project) {
        return new KnownProject(project.project().targetFolder(), key(project));
    }

    private static String key(CompiledProject project) {
        CompileOptions options = project.options();
        StringBuilder all = new StringBuilder();
        all.append(project.project().contents().sha256()).append('\n');
        all.append(project.project().folder()).append('\n');
        all.append(options.target())
                .append('\n')
                .append(new TreeMap<>(options.vars()))
                .append('\n');
        new TreeMap<>(options.environment()).forEach((name, value) -> {
            if (name.startsWith(CUSTOM_VARIABLE) || project.project().contents().readsEnvironment()) {
                all.append(name).append('=').append(value).append('\n');
            }
        });
        // Where sources are is a setting, and no part of the project.
        for (CompiledNode node : project.nodes()) {
            if (node instanceof CompiledNode.Source source) {
                all.append(source.relation().sql()).append('\n');
            }
        }
        return Checksum.of(all.append(program()).toString());
    }

    /** Each build has a folder of its own; of classes that are not in a jar, as in tests, nothing is known. */
    private static String program() {
        String first = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
        return first + stamp(Path.of(first)).map(Stamp::toString).orElse("");
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the gate said of it. */
    Optional<GateReport> gate() {
        return kept().map(Kept::gate);
    }

    /** Whether the manifest in the target is of it, as nobody has touched it since. */
    boolean hasManifest() {
        Stamp now = stamp(target.resolve(ArtifactFiles.MANIFEST)).orElse(null);
        return now != null && kept().map(Kept::manifest).filter(now::equals).isPresent();
    }

    /** Keeps what the gate said, unless it refused the project. */
    void keep(GateReport gate) {
        if (gate.errors().isEmpty()) {
            write(new Kept(key, kept().map(Kept::manifest).orElse(null), gate));
        }
    }

    /** Keeps that the manifest was just written. */
    void keepManifest() {
        write(new Kept(key, stamp(target.resolve(ArtifactFiles.MANIFEST)).orElse(null), gate().orElse(null)));
    }

    private Optional<Kept> kept() {
        Path file = target.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonDocuments.read(Files.readString(file), Kept.class))
                    .filter(kept -> kept.key().equals(key));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void write(Kept kept) {
        ArtifactFiles.write(target, FILE, JsonDocuments.compact(kept));
    }
}
