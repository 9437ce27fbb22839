package io.meterlake.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a run_results.json matters to who does again what failed.
 *
 * @param command such as {@code test}
 * @param failed the unique ids of what failed or was skipped, sorted
 * @param vars the variables of the command line
 * @param target the target's name
 */
public record LastResults(
        String command, Instant started, Set<String> failed, Map<String, Object> vars, Optional<String> target) {
    private static final Set<String> TO_RETRY = Set.of("error", "fail", "skipped");

    public LastResults {
        failed = Set.copyOf(failed);
        vars = Map.copyOf(vars);
    }

    /**
     * Reads those in a folder.
     *
     * @return empty if there are none
     * @throws MeterlakeException {@code ARTIFACT_FILES} if they are no such document
     */
    public static Optional<LastResults> in(Path target) {
        Path file = target.resolve(ArtifactFiles.RUN_RESULTS);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode document = JsonDocuments.tree(Files.readString(file));
            Set<String> failed = new TreeSet<>();
            for (JsonNode result : document.path("results")) {
                if (TO_RETRY.contains(result.path("status").asText())) {
                    failed.add(result.path("unique_id").asText());
                }
            }
            @SuppressWarnings("unchecked") // Names are texts in JSON.
            Map<String, Object> vars = document.path("args").path("vars").isObject()
                    ? JsonDocuments.read(document.path("args").path("vars").toString(), Map.class)
                    : Map.of();
            return Optional.of(new LastResults(
                    document.path("args").path("which").asText(),
                    Instant.parse(document.path("metadata")
                            .path("invocation_started_at")
                            .asText()),
                    failed,
                    vars,
                    Optional.of(document.path("args").path("target").asText()).filter(name -> !name.isEmpty())));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new MeterlakeException(
                    ArtifactErrorCode.ARTIFACT_FILES,
                    "Cannot read %s: %s".formatted(file, e.getMessage()),
                    "Move the file away and run the command itself again.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
