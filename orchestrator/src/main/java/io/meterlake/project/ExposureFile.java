package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the {@code exposures:} and {@code groups:} of a property file. */
final class ExposureFile {
    private static final Set<String> TYPES =
            new TreeSet<>(Set.of("dashboard", "notebook", "analysis", "ml", "application"));
    private static final Set<String> MATURITIES = new TreeSet<>(Set.of("low", "medium", "high"));
    private static final Set<String> KEYS = Set.of(
            "name", "description", "type", "url", "label", "maturity", "owner", "tags", "meta", "config", "depends_on");

    private final List<String> folders;
    private final ProjectSettings settings;
    private final Problems problems;

    ExposureFile(List<String> folders, ProjectSettings settings, Problems problems) {
        this.folders = folders;
        this.settings = settings;
        this.problems = problems;
    }

    List<Exposure> exposures(YamlMapping file) {
        List<Exposure> exposures = new ArrayList<>();
        for (YamlMapping entry : file.mappings("exposures")) {
            entry.refuseUnknownKeys("an exposure", KEYS);
            Optional<String> name = entry.required("name");
            Optional<String> type = entry.required("type");
            type.ifPresent(word -> refuseUnknown(entry, "type", word, TYPES));
            Optional<String> maturity = entry.text("maturity");
            maturity.ifPresent(word -> refuseUnknown(entry, "maturity", word, MATURITIES));
            if (name.isEmpty() || type.isEmpty()) {
                continue;
            }
            List<String> fqn = new ArrayList<>(List.of(settings.name()));
            fqn.addAll(folders);
            fqn.add(name.get());
            exposures.add(new Exposure(
                    "exposure." + settings.name() + "." + name.get(),
                    name.get(),
                    entry.location("name"),
                    fqn,
                    ConfigLayers.merge(
                            settings.config(ResourceType.EXPOSURE, fqn),
                            PropertyFile.config(ResourceType.EXPOSURE, entry, problems)),
                    entry.text("description").orElse("").strip(),
                    type.get(),
                    owner(entry),
                    entry.text("label").orElse(null),
                    entry.text("url").orElse(null),
                    maturity.orElse(null),
                    entry.texts("depends_on")));
        }
        return exposures;
    }

    List<Group> groups(YamlMapping file) {
        List<Group> groups = new ArrayList<>();
        for (YamlMapping entry : file.mappings("groups")) {
            entry.refuseUnknownKeys("a group", Set.of("name", "owner", "description", "config"));
            entry.required("name")
                    .ifPresent(name -> groups.add(new Group(
                            name,
                            entry.location("name"),
                            entry.text("description").orElse("").strip(),
                            owner(entry))));
        }
        return groups;
    }

    private Map<String, Object> owner(YamlMapping entry) {
        Map<String, Object> owner =
                entry.mapping("owner").map(YamlMapping::values).orElse(Map.of());
        if (!owner.containsKey("name") && !owner.containsKey("email")) {
            problems.add(entry.location("owner"), "owner needs a name or an email");
        }
        return owner;
    }

    private void refuseUnknown(YamlMapping entry, String key, String word, Set<String> known) {
        if (!known.contains(word)) {
            problems.add(entry.location(key), "%s '%s' does not exist%s".formatted(key, word, question(word, known)));
        }
    }
}
