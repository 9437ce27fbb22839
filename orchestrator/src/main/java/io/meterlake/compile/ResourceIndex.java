package io.meterlake.compile;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.project.ModelVersion;
import io.meterlake.project.Project;
import io.meterlake.project.Resource;
import io.meterlake.project.Seed;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what {@code ref} and {@code source} name. */
final class ResourceIndex {
    private final String project;
    private final TreeMap<String, Resource> byName = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, Resource>> versions = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, SourceTable>> sources = new TreeMap<>();

    /** @param resources with the sources' relations filled in */
    ResourceIndex(Project project, Collection<Resource> resources) {
        this.project = project.name();
        for (Resource resource : resources) {
            switch (resource) {
                case SqlResource.Model model -> add(model);
                case Seed seed -> byName.put(seed.name(), seed);
                case SourceTable source ->
                    sources.computeIfAbsent(source.sourceName(), _ -> new TreeMap<>())
                            .put(source.name(), source);
                default -> {
                    // Tests and analyses cannot be read.
                }
            }
        }
    }

    private void add(SqlResource.Model model) {
        ModelVersion version = model.properties().version();
        if (version != null) {
            versions.computeIfAbsent(version.model(), absent -> new TreeMap<>()).put(version.version(), model);
        }
        if (version == null || version.isLatest()) {
            byName.put(model.refName(), model);
        }
    }

    /** One version of a model. */
    Optional<Resource> version(String name, String version) {
        return Optional.ofNullable(versions.getOrDefault(name, new TreeMap<>()).get(version));
    }

    /** Why a ref finds no such version. */
    String missingVersion(String name, String version) {
        TreeMap<String, Resource> there = versions.get(name);
        return there == null
                ? "ref('%s', v=%s): %s"
                        .formatted(
                                name,
                                version,
                                byName.containsKey(name)
                                        ? "it has no versions"
                                        : "there is no model of this name" + question(name, byName.keySet()))
                : "ref('%s', v=%s): there are the versions %s"
                        .formatted(name, version, String.join(", ", there.keySet()));
    }

    Optional<Resource> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<SourceTable> find(String source, String table) {
        return Optional.ofNullable(sources.getOrDefault(source, new TreeMap<>()).get(table));
    }

    /** A resource with its relation filled in, where the project only has its template. */
    Resource current(Resource resource) {
        return resource instanceof SourceTable source
                ? find(source.sourceName(), source.name())
                        .map(Resource.class::cast)
                        .orElse(resource)
                : resource;
    }

    boolean isProject(String name) {
        return name.equals(project);
    }

    /** Why a ref finds nothing. */
    String missing(String name) {
        Optional<SourceTable> asSource = sources.values().stream()
                .map(tables -> tables.get(name))
                .filter(table -> table != null)
                .findFirst();
        String hint = asSource.map(source ->
                        " (it is a source: write source('%s', '%s'))".formatted(source.sourceName(), source.name()))
                .orElseGet(() -> question(name, byName.keySet()));
        return "ref('%s'): there is no model or seed of this name%s".formatted(name, hint);
    }

    /** Why a source finds nothing. */
    String missing(String source, String table) {
        TreeMap<String, SourceTable> tables = sources.get(source);
        if (tables == null) {
            return "source('%s', '%s'): there is no source %s%s"
                    .formatted(source, table, source, question(source, sources.keySet()));
        }
        return "source('%s', '%s'): source %s has no table %s%s"
                .formatted(source, table, source, table, question(table, tables.keySet()));
    }
}
