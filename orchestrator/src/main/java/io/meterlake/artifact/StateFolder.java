package io.meterlake.artifact;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.EarlierState;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Relation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of an earlier run, Meterlake's or dbt's, in a folder. They are read when this is made, so that it may be the
 * folder which the command itself writes to. Not thread-safe.
 */
public final class StateFolder implements EarlierState {
    private final Path folder;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, JsonNode> documents = new HashMap<>();
    private final @Nullable String ownSources;
    private @Nullable StateComparison comparison;
    private @Nullable Map<String, String> results;
    private @Nullable Set<String> fresher;

    private StateFolder(Path folder, @Nullable String ownSources) {
        this.folder = folder;
        this.ownSources = ownSources;
    }

    /**
     * Reads what is there.
     *
     * @param target the project's own artifacts, whose sources.json {@code source_status:} compares
     * @throws MeterlakeException {@code INVALID_SELECTION} if there is no such folder
     */
    public static StateFolder read(Path folder, Path target) {
        if (!Files.isDirectory(folder)) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot compare with the state in %s: there is no such folder".formatted(folder),
                    "Name a folder with the artifacts of an earlier run, such as a copy of target.");
        }
        StateFolder state = new StateFolder(folder, text(target.resolve(ArtifactFiles.SOURCES)));
        for (String name : Set.of(ArtifactFiles.MANIFEST, ArtifactFiles.RUN_RESULTS, ArtifactFiles.SOURCES)) {
            String text = text(folder.resolve(name));
            if (text != null) {
                state.texts.put(name, text);
            }
        }
        return state;
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    @Override
    public boolean matches(CompiledProject project, CompiledNode node, String method, String value) {
        return switch (method) {
            case "state" -> comparison(project).matches(node, value);
            case "result" -> hasResult(node.uniqueId(), value);
            case "source_status" -> isFresher(node.uniqueId());
            default -> throw new IllegalArgumentException("no method of an earlier state: " + method);
        };
    }

    /**
     * Where the earlier state has a model or a seed.
     *
     * @return empty if it has not, or pastes it into its readers
     */
    public Optional<Relation> relation(String uniqueId) {
        JsonNode node =
                document(ArtifactFiles.MANIFEST, "--defer").path("nodes").path(uniqueId);
        return node.path("relation_name").isTextual()
                ? Optional.of(new Relation(
                        node.path("database").asText(),
                        node.path("schema").asText(),
                        node.path("alias").asText()))
                : Optional.empty();
    }

    private StateComparison comparison(CompiledProject project) {
        if (comparison == null || !comparison.isOf(project)) {
            comparison = new StateComparison(project, document(ArtifactFiles.MANIFEST, "state"));
        }
        return comparison;
    }

    private boolean hasResult(String uniqueId, String status) {
        if (results == null) {
            results = new HashMap<>();
            for (JsonNode result : document(ArtifactFiles.RUN_RESULTS, "result").path("results")) {
                results.put(
                        result.path("unique_id").asText(), result.path("status").asText());
            }
        }
        return status.equals(results.get(uniqueId));
    }

    private boolean isFresher(String uniqueId) {
        if (fresher == null) {
            fresher = fresher();
        }
        return fresher.contains(uniqueId);
    }

    /** What is newer than in the earlier state, or not in it; times are texts that sort as what they say. */
    private Set<String> fresher() {
        if (ownSources == null) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot select by source_status: nobody has asked yet how old the sources are",
                    "Run `meterlake source freshness` first.");
        }
        Map<String, String> now = loaded(parsed(ownSources, "the project's " + ArtifactFiles.SOURCES));
        JsonNode earlier = document(ArtifactFiles.SOURCES, "source_status");
        Map<String, String> then = loaded(earlier);
        Set<String> failed = failed(earlier);
        Set<String> fresher = new HashSet<>();
        now.forEach((id, newest) -> {
            String before = then.get(id);
            if (!failed.contains(id) && (before == null || newest.compareTo(before) > 0)) {
                fresher.add(id);
            }
        });
        return fresher;
    }

    private static Map<String, String> loaded(JsonNode sources) {
        Map<String, String> loaded = new HashMap<>();
        for (JsonNode result : sources.path("results")) {
            if (result.hasNonNull("max_loaded_at")) {
                loaded.put(
                        result.path("unique_id").asText(),
                        result.path("max_loaded_at").asText());
            }
        }
        return loaded;
    }

    private static Set<String> failed(JsonNode sources) {
        Set<String> failed = new HashSet<>();
        for (JsonNode result : sources.path("results")) {
            if (!result.hasNonNull("max_loaded_at")) {
                failed.add(result.path("unique_id").asText());
            }
        }
        return failed;
    }

    private JsonNode document(String name, String wantedBy) {
        return documents.computeIfAbsent(name, absent -> {
            String text = texts.get(name);
            if (text == null) {
                throw new MeterlakeException(
                        INVALID_SELECTION,
                        "Cannot use %s: there is no %s in %s".formatted(wantedBy, name, folder),
                        "Name the folder with the artifacts of an earlier run as --state.");
            }
            return parsed(text, folder.resolve(name).toString());
        });
    }

    private static JsonNode parsed(String text, String name) {
        try {
            return JsonDocuments.tree(text);
        } catch (JsonProcessingException e) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot read %s: %s".formatted(name, e.getOriginalMessage()),
                    "It is no artifact of dbt or Meterlake, or only half of one; copy it again.",
                    e);
        }
    }
}
