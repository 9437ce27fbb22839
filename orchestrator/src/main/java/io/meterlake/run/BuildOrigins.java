package io.meterlake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.disk.DurableFile;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the incremental models of runs were made of: {@code <runs.path>/<run>/increments.json}, written before the first of
 * them is built. For the holder of the lake's lock for runs.
 */
final class BuildOrigins {
    private static final String FILE = "increments.json";

    private final Path runs;

    BuildOrigins(Path runs) {
        this.runs = runs;
    }

    /** By unique id. */
    record OfRun(String snapshotId, Map<String, BuildOrigin> models) {
        OfRun {
            models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        }
    }

    void write(OfRun origins) {
        Path file = runs.resolve(origins.snapshotId()).resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(
                    file, JsonDocuments.document(new OfRun(origins.snapshotId(), new TreeMap<>(origins.models()))));
        } catch (IOException e) {
            throw RunRecords.failure("write " + file, e);
        }
    }

    /**
     * Those of the run that built into a schema.
     *
     * @param schema such as {@code snap_20260201030000123__marts}
     * @return empty if nobody knows
     */
    Optional<OfRun> ofSchema(String schema) {
        return RunPublications.snapshotOf(schema).flatMap(this::read);
    }

    private Optional<OfRun> read(String snapshotId) {
        Path file = runs.resolve(snapshotId).resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonDocuments.read(Files.readString(file), OfRun.class));
        } catch (JsonProcessingException e) {
            // Of another version of this program, say. Then all is built, which needs none.
            return Optional.empty();
        } catch (IOException e) {
            throw RunRecords.failure("read " + file, e);
        }
    }
}
