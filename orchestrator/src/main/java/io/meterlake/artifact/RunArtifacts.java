package io.meterlake.artifact;

import io.meterlake.compile.CompiledProject;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunResult;
import io.meterlake.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's artifacts: manifest.json when it begins, run_results.json when it has ended, whether it went well or not.
 * A run that reads a snapshot also has them in a folder of its own beside its record; one that was cut off has the manifest
 * alone there.
 */
public final class RunArtifacts implements RunListener {
    private final CompiledProject project;
    private final Invocation invocation;
    private final Map<String, @Nullable Object> arguments;
    private final Path runs;
    private final Clock clock;
    private String manifest = "";
    private Optional<String> snapshot = Optional.empty();

    /**
     * @param project compiled with the published names
     * @param arguments what the command was given, for {@code args}
     * @param runs the folder with the records of runs
     */
    public RunArtifacts(
            CompiledProject project,
            Invocation invocation,
            Map<String, @Nullable Object> arguments,
            Path runs,
            Clock clock) {
        this.project = project;
        this.invocation = invocation;
        this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        this.runs = runs;
        this.clock = clock;
    }

    /** The folder with the artifacts of one run. */
    public static Path folder(Path runs, String snapshotId) {
        return runs.resolve(snapshotId);
    }

    @Override
    public void began(String command, int nodes) {
        manifest = ManifestDocument.of(project, invocation, clock.instant());
        ArtifactFiles.write(project.project().targetFolder(), ArtifactFiles.MANIFEST, manifest);
    }

    @Override
    public void reads(Snapshot pinned) {
        snapshot = Optional.of(pinned.id());
        ArtifactFiles.write(folder(runs, pinned.id()), ArtifactFiles.MANIFEST, manifest);
    }

    @Override
    public void ended(RunResult result) {
        String results = RunResultsDocument.of(project, invocation, arguments, snapshot, result, clock.instant());
        ArtifactFiles.write(project.project().targetFolder(), ArtifactFiles.RUN_RESULTS, results);
        snapshot.ifPresent(id -> ArtifactFiles.write(folder(runs, id), ArtifactFiles.RUN_RESULTS, results));
    }
}
