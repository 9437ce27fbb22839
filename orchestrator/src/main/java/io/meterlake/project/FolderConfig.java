package io.meterlake.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that {@code dbt_project.yml} gives to folders: {@code models: {shop: {marts: {+schema: marts}}}}. */
final class FolderConfig {
    private final Map<String, Object> own = new LinkedHashMap<>();
    private final Map<String, FolderConfig> folders = new LinkedHashMap<>();

    private FolderConfig() {}

    static FolderConfig empty() {
        return new FolderConfig();
    }

    static FolderConfig read(YamlMapping mapping, ResourceType type, Problems problems) {
        FolderConfig config = new FolderConfig();
        for (String written : mapping.keys()) {
            boolean marked = written.startsWith("+");
            String key = marked ? written.substring(1) : written;
            // Without a + only a single value is a setting; a mapping is a folder, as in dbt.
            if (!marked && mapping.isMapping(written)) {
                mapping.mapping(written).ifPresent(inner -> config.folders.put(key, read(inner, type, problems)));
                continue;
            }
            mapping.value(written).ifPresent(value -> {
                ConfigKeys.check(type, key, value, mapping.location(written), problems);
                config.own.put(key, value);
            });
        }
        return config;
    }

    /** What holds for a node, the outermost folder's settings first. */
    Map<String, Object> resolve(List<String> fqn) {
        Map<String, Object> resolved = own;
        FolderConfig here = this;
        for (String part : fqn) {
            here = here.folders.get(part);
            if (here == null) {
                break;
            }
            resolved = ConfigLayers.merge(resolved, here.own);
        }
        return resolved;
    }
}
