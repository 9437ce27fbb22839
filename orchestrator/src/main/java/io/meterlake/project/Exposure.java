package io.meterlake.project;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something outside of the project that reads it, such as a dashboard.
 *
 * @param type {@code dashboard}, {@code notebook}, {@code analysis}, {@code ml} or {@code application}
 * @param owner as written, such as {@code {name: Grid, email: grid@example.org}}
 * @param label what people call it; null if that is not said
 * @param maturity {@code low}, {@code medium} or {@code high}; null if that is not said
 * @param reads {@code ref('x')} and {@code source('x', 'y')}, as written
 */
public record Exposure(
        String uniqueId,
        String name,
        Location location,
        List<String> fqn,
        Map<String, Object> config,
        String description,
        String type,
        Map<String, Object> owner,
        @Nullable String label,
        @Nullable String url,
        @Nullable String maturity,
        List<String> reads)
        implements Resource {
    public Exposure {
        fqn = List.copyOf(fqn);
        config = Yaml.copyOf(config);
        owner = Yaml.copyOf(owner);
        reads = List.copyOf(reads);
    }

    @Override
    public ResourceType resourceType() {
        return ResourceType.EXPOSURE;
    }

    @Override
    public List<Column> columns() {
        return List.of();
    }
}
