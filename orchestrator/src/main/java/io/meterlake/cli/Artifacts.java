package io.meterlake.cli;

import io.meterlake.artifact.ArtifactFiles;
import io.meterlake.artifact.Invocation;
import io.meterlake.artifact.ManifestDocument;
import io.meterlake.artifact.RunArtifacts;
import io.meterlake.compile.CompiledProject;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunListener;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands on the SQL project leave in its {@code target} for other programs. */
final class Artifacts {
    private Artifacts() {}

    /**
     * Writes the manifest, for a command that runs nothing.
     *
     * @return for what else it writes
     */
    static Invocation manifest(CompiledProject project, String command, Clock clock) {
        Instant now = clock.instant();
        Invocation invocation = Invocation.of(command, now, project.project().folder());
        ArtifactFiles.write(
                project.project().targetFolder(),
                ArtifactFiles.MANIFEST,
                ManifestDocument.of(project, invocation, now));
        return invocation;
    }

    /** Writes the manifest, for a command that only looks, unless the one that is there says the same. */
    static void manifestIfChanged(CompiledProject project, String command, Clock clock) {
        KnownProject known = KnownProject.of(project);
        if (!known.hasManifest()) {
            manifest(project, command, clock);
            known.keepManifest();
        }
    }

    /** Writes the artifacts of a run. */
    static RunListener of(
            CompiledProject project,
            RunKind kind,
            ProjectOptions options,
            RebuildOptions rebuild,
            Config config,
            Clock clock) {
        String command = kind.command();
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("which", command);
        String folder = project.project().folder().toString();
        arguments.put("project_dir", folder);
        // There is none, but readers look for the project by it.
        arguments.put("profiles_dir", folder);
        arguments.put("target", project.options().target().name());
        arguments.put("threads", options.threads(config));
        arguments.put("vars", options.vars());
        arguments.putAll(options.selectors());
        if (kind.pins()) {
            arguments.putAll(rebuild.arguments());
        }
        return new RunArtifacts(
                project,
                Invocation.of(command, clock.instant(), project.project().folder()),
                arguments,
                config.path(Setting.RUNS_PATH),
                clock);
    }
}
