package io.meterlake.project;

import io.meterlake.project.Problems.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A SQL project as it is written. Immutable; {@link ProjectLoader} reads it.
 *
 * @param folder the folder that holds {@code dbt_project.yml}, absolute
 * @param name the project's name, which is also its package in unique ids
 * @param profile the profile in {@code profiles.yml} that says where models go
 * @param targetFolder where compiled SQL and artifacts go, absolute
 * @param cleanTargets what {@code clean} removes, absolute
 * @param sourceFolders where models, seeds, tests, macros and analyses are, absolute
 * @param vars the variables of {@code dbt_project.yml}, which {@code --vars} overrides
 * @param resources everything by its unique id, in the order of the ids
 * @param groups in the order of their names
 * @param hooks what is executed around a run
 * @param macroFiles in the order of their names
 * @param warnings what in the files may be meant otherwise, by place
 * @param contents what all of the project's files hold; equal for equal contents
 */
public record Project(
        Path folder,
        String name,
        Optional<String> profile,
        Path targetFolder,
        List<Path> cleanTargets,
        List<Path> sourceFolders,
        Map<String, Object> vars,
        SequencedMap<String, Resource> resources,
        List<Group> groups,
        Hooks hooks,
        List<MacroFile> macroFiles,
        List<Problem> warnings,
        ProjectContents contents) {
    /** The file in its folder with selectors that have names. */
    public static final String SELECTORS_FILE = "selectors.yml";

    public Project {
        cleanTargets = List.copyOf(cleanTargets);
        sourceFolders = List.copyOf(sourceFolders);
        vars = Yaml.copyOf(vars);
        resources = java.util.Collections.unmodifiableSequencedMap(new java.util.LinkedHashMap<>(resources));
        groups = List.copyOf(groups);
        macroFiles = List.copyOf(macroFiles);
        warnings = List.copyOf(warnings);
    }

    /** Everything in the project, in the order of the unique ids. */
    public Collection<Resource> all() {
        return resources.values();
    }

    /** Something by its unique id. */
    public Optional<Resource> resource(String uniqueId) {
        return Optional.ofNullable(resources.get(uniqueId));
    }

    /** A file of the project on this machine. */
    public Path path(Location location) {
        return folder.resolve(location.file());
    }
}
