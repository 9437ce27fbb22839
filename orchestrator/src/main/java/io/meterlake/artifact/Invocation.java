package io.meterlake.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One command, as all artifacts that it writes name it.
 *
 * @param id the same in every artifact of the command
 * @param command such as {@code build}
 */
public record Invocation(UUID id, String command, Instant started) {
    /** dbt copies variables whose names begin so into its artifacts, without the beginning. */
    private static final String CUSTOM_VARIABLE = "DBT_ENV_CUSTOM_ENV_";

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Invocation {
        requireNonNull(id, "id is null");
        requireNonNull(command, "command is null");
        requireNonNull(started, "started is null");
    }

    /** A command that began at a moment on a project; its id follows from the three. */
    public static Invocation of(String command, Instant started, Path project) {
        String name = String.join("\n", "meterlake", command, started.toString(), project.toString());
        return new Invocation(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)), command, started);
    }

    /**
     * The {@code metadata} that all artifacts have.
     *
     * @param schema such as {@code manifest/v12}
     */
    Map<String, @Nullable Object> metadata(String schema, CompileOptions options, Instant generated) {
        Map<String, String> custom = new TreeMap<>();
        options.environment().forEach((name, value) -> {
            if (name.startsWith(CUSTOM_VARIABLE)) {
                custom.put(name.substring(CUSTOM_VARIABLE.length()), value);
            }
        });
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", "https://schemas.getdbt.com/dbt/" + schema + ".json");
        metadata.put("dbt_version", CompiledProject.DBT_VERSION);
        metadata.put("generated_at", text(generated));
        metadata.put("invocation_id", id.toString());
        metadata.put("invocation_started_at", text(started));
        metadata.put("env", custom);
        return metadata;
    }

    /** A moment as dbt writes it; Python's readers take no more than microseconds. */
    static String text(Instant moment) {
        return MICROSECONDS.format(moment);
    }
}
