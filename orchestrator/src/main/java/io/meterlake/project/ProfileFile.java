package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;
import static io.meterlake.project.ProjectErrorCode.INVALID_PROJECT;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dbt's {@code profiles.yml}, as far as it says where models go. How the server is reached is Meterlake's own configuration:
 * its ports are not known before the embedded stack runs.
 */
public final class ProfileFile {
    private static final String NAME = "profiles.yml";
    private static final String STANDARD_OUTPUT = "default";
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern VARIABLE = Pattern.compile(
            "\\s*env_var\\(\\s*(['\"])(?<name>\\w+)\\1\\s*(,\\s*(['\"])(?<standard>[^'\"]*)\\4\\s*)?\\)\\s*(\\|\\s*as_\\w+\\s*)?");

    private final Project project;
    private final Map<String, String> environment;
    private final Problems problems = new Problems();

    private ProfileFile(Project project, Map<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    /**
     * An output of the project's profile.
     *
     * @param name that of the environment, such as {@code dev}
     * @param database Trino's catalog; empty if the file leaves it to the standard, or is about another engine
     * @param schema the schema of models without {@code +schema}; empty as well
     */
    public record Output(String name, Optional<String> database, Optional<String> schema) {}

    /**
     * Reads an output of the project's profile.
     *
     * @param folders where the file may be; the first that has it counts
     * @param asked the output's name, if somebody asks for it: it has to be one for Trino
     * @param earlier the name of the one that a run took before, to go on with; goes before that which the profile says
     * @param environment what {@code env_var} sees
     * @return empty if there is no file, or the project names no profile
     * @throws MeterlakeException {@code INVALID_PROJECT} with a numbered list of all that is wrong
     */
    public static Optional<Output> read(
            Project project,
            List<Path> folders,
            Optional<String> asked,
            Optional<String> earlier,
            Map<String, String> environment) {
        Optional<Path> file = folders.stream()
                .map(folder -> folder.resolve(NAME))
                .filter(Files::isRegularFile)
                .findFirst();
        if (file.isEmpty() || project.profile().isEmpty()) {
            return Optional.empty();
        }
        ProfileFile reader = new ProfileFile(project, environment);
        Optional<Output> output = YamlReader.read(file.get(), NAME, reader.problems)
                .flatMap(profiles -> reader.output(profiles, asked, earlier));
        reader.problems.throwIfAny(
                INVALID_PROJECT, "Cannot read the profile of the SQL project", "Mend the lines above in " + file.get());
        return output;
    }

    private Optional<Output> output(YamlMapping profiles, Optional<String> asked, Optional<String> earlier) {
        String name = project.profile().orElseThrow();
        if (!profiles.has(name)) {
            problems.add(
                    profiles.location(),
                    "there is no profile %s, which dbt_project.yml names%s"
                            .formatted(name, question(name, profiles.keys())));
            return Optional.empty();
        }
        return profiles.mapping(name).flatMap(profile -> {
            String chosen = asked.or(() -> earlier)
                    .or(() -> rendered(profile, "target"))
                    .orElse(STANDARD_OUTPUT);
            return profile.mapping("outputs").flatMap(outputs -> output(outputs, chosen, asked.isPresent()));
        });
    }

    /**
     * Reads a target.
     *
     * @param asked whether somebody asked for this one
     */
    private Optional<Output> output(YamlMapping outputs, String chosen, boolean asked) {
        if (!outputs.has(chosen)) {
            problems.add(
                    outputs.location(), "there is no target %s%s".formatted(chosen, question(chosen, outputs.keys())));
            return Optional.empty();
        }
        return outputs.mapping(chosen).map(output -> {
            String type = output.text("type").orElse("trino");
            if (!type.equals("trino")) {
                if (asked) {
                    problems.add(
                            output.location("type"),
                            "target %s is for %s; models run on Trino".formatted(chosen, type));
                }
                return new Output(chosen, Optional.empty(), Optional.empty());
            }
            return new Output(
                    chosen,
                    rendered(output, "database").or(() -> rendered(output, "catalog")),
                    rendered(output, "schema"));
        });
    }

    private Optional<String> rendered(YamlMapping mapping, String key) {
        return mapping.text(key)
                .map(text -> TEMPLATE.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), mapping.location(key)))));
    }

    private String value(String expression, Location location) {
        Matcher variable = VARIABLE.matcher(expression);
        if (!variable.matches()) {
            problems.add(location, "{{%s}}: only env_var('NAME', 'default') is read here".formatted(expression));
            return "";
        }
        String name = variable.group("name");
        String standard = variable.group("standard");
        String value = environment.getOrDefault(name, standard == null ? "" : standard);
        if (standard == null && !environment.containsKey(name)) {
            problems.add(location, "env_var('%s'): it is not set and there is no default".formatted(name));
        }
        return value;
    }
}
