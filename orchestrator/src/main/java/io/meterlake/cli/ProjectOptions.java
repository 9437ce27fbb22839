package io.meterlake.cli;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;
import static io.meterlake.compile.CompileErrorCode.INVALID_VARS;

import io.meterlake.artifact.StateFolder;
import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Selection;
import io.meterlake.compile.Target;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.ProfileFile;
import io.meterlake.project.Project;
import io.meterlake.project.ProjectErrorCode;
import io.meterlake.project.ProjectLoader;
import io.meterlake.project.ResourceType;
import io.meterlake.project.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Option;

/** The options that every command on the SQL project takes: which nodes, with which variables. */
final class ProjectOptions {
    @Option(
            names = {"-s", "--select"},
            arity = "1..*",
            paramLabel = "NODES",
            description = "the nodes meant, in dbt's language: name, +name, name+, tag:x, path:x, state:modified, a,b")
    private List<String> select = new ArrayList<>();

    @Option(names = "--exclude", arity = "1..*", paramLabel = "NODES", description = "nodes to leave out")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--selector",
            paramLabel = "NAME",
            description = "the nodes of a selector of the project's selectors.yml, instead of --select and --exclude")
    private @Nullable String selector;

    @Option(
            names = "--resource-type",
            arity = "1..*",
            paramLabel = "TYPE",
            description = "only these: source, seed, model, test, unit_test, analysis, exposure")
    private List<String> resourceTypes = new ArrayList<>();

    @Option(
            names = "--vars",
            paramLabel = "YAML",
            description = "variables for the templates, such as '{period_start: 2026-01-01}'")
    private String vars = "{}";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "the artifacts of an earlier run: what state:modified, result:error and source_status:fresher"
                    + " compare with")
    private @Nullable Path state;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "the target of the project's profile in profiles.yml, which says where models go")
    private @Nullable String target;

    private @Nullable String earlierTarget;

    @Option(names = "--threads", paramLabel = "N", description = "nodes that run at the same time")
    private @Nullable Integer threads;

    private Optional<StateFolder> earlier = Optional.empty();

    /** Those of a command line that is gone on with. */
    static ProjectOptions again(String vars, @Nullable Integer threads, @Nullable Path state, @Nullable String target) {
        ProjectOptions options = new ProjectOptions();
        options.earlierTarget = target;
        options.vars = vars;
        options.threads = threads;
        options.state = state;
        return options;
    }

    /** Reads and compiles the project that the configuration names. */
    CompiledProject compile(CommandContext context, Config config) {
        Project project = load(config);
        return ProjectCompiler.compile(project, compileOptions(context, config, project));
    }

    /** Reads the project that the configuration names. */
    Project load(Config config) {
        return ProjectLoader.load(config.path(Setting.MODELS_PATH));
    }

    CompileOptions compileOptions(CommandContext context, Config config, Project project) {
        return new CompileOptions(
                target(context, config, project),
                vars(),
                RelationResolver.lakeDatabase(config.text(Setting.LAKE_DATABASE)),
                context.environment());
    }

    private Target target(CommandContext context, Config config, Project project) {
        Target standard = Target.DEFAULT;
        List<Path> folders = Stream.concat(
                        Optional.ofNullable(context.environment().get("DBT_PROFILES_DIR"))
                                .map(context.folder()::resolve)
                                .stream(),
                        Stream.of(project.folder()))
                .toList();
        Optional<ProfileFile.Output> output = ProfileFile.read(
                project,
                folders,
                Optional.ofNullable(target),
                Optional.ofNullable(earlierTarget),
                context.environment());
        String named = target == null ? earlierTarget : target;
        if (output.isEmpty() && named != null && !named.equals(standard.name())) {
            throw new MeterlakeException(
                    ProjectErrorCode.INVALID_PROJECT,
                    "Cannot find the target %s: there is no profiles.yml in %s, or dbt_project.yml names no profile of it"
                            .formatted(named, project.folder()),
                    "Leave --target out, or write the profile.");
        }
        return new Target(
                output.map(ProfileFile.Output::name).orElse(standard.name()),
                output.flatMap(ProfileFile.Output::database).orElse(standard.catalog()),
                output.flatMap(ProfileFile.Output::schema).orElse(standard.schema()),
                threads(config));
    }

    /**
     * The nodes that are meant.
     *
     * @throws MeterlakeException {@code INVALID_SELECTION} if the folder of the earlier state is not there
     */
    Selection selection(CommandContext context, Project project) {
        return state(context, project)
                .map(folder -> new Selection(selected(), exclude, types(), folder))
                .orElseGet(() -> new Selection(selected(), exclude, types()));
    }

    /** What is selected, a selector by its name as any other. */
    private List<String> selected() {
        if (selector == null) {
            return select;
        }
        if (!select.isEmpty() || !exclude.isEmpty()) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot select by --selector %s and by --select or --exclude".formatted(selector),
                    "Use one of them; --select selector:%s can stand among others.".formatted(selector));
        }
        return List.of("selector:" + selector);
    }

    /** The earlier state, read when it is asked for first. */
    Optional<StateFolder> state(CommandContext context, Project project) {
        if (earlier.isEmpty() && state != null) {
            earlier =
                    Optional.of(StateFolder.read(context.folder().resolve(state).normalize(), project.targetFolder()));
        }
        return earlier;
    }

    /** The folder of the earlier state, absolute. */
    Optional<String> statePath(CommandContext context) {
        return Optional.ofNullable(state)
                .map(folder -> context.folder()
                        .resolve(folder)
                        .toAbsolutePath()
                        .normalize()
                        .toString());
    }

    /** What is written on the command line, for {@code args} of artifacts. */
    Map<String, Object> selectors() {
        Map<String, Object> selectors = new LinkedHashMap<>();
        selectors.put("select", List.copyOf(selected()));
        selectors.put("exclude", List.copyOf(exclude));
        selectors.put("resource_types", List.copyOf(resourceTypes));
        return selectors;
    }

    /** Whether a node was asked for by its own name, not only as the test of one that was. */
    boolean selects(CompiledNode node) {
        boolean onlyTests = !types().isEmpty() && types().stream().allMatch(ResourceType::isTest);
        return !selected().isEmpty() && (!node.resourceType().isTest() || onlyTests || select.contains(node.name()));
    }

    int threads(Config config) {
        return threads == null ? config.number(Setting.MODELS_THREADS) : threads;
    }

    /** The variables of {@code --vars}. */
    Map<String, Object> vars() {
        Object read;
        try {
            read = YamlReader.value(vars);
        } catch (YAMLException e) {
            throw invalidVars("it is not YAML", e);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        if (read instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value == null) {
                    throw invalidVars("variable %s has no value".formatted(key), null);
                }
                result.put(String.valueOf(key), value);
            });
            return result;
        }
        throw invalidVars("it is not a mapping", null);
    }

    private MeterlakeException invalidVars(String reason, @Nullable Throwable cause) {
        return new MeterlakeException(
                INVALID_VARS,
                "Cannot read --vars '%s': %s".formatted(vars, reason),
                "Write a YAML mapping, such as --vars '{period_start: 2026-01-01}'.",
                cause);
    }

    private Set<ResourceType> types() {
        Set<ResourceType> types = EnumSet.noneOf(ResourceType.class);
        for (String word : resourceTypes) {
            ResourceType type = null;
            for (ResourceType candidate : ResourceType.values()) {
                if (candidate.word().equals(word)) {
                    type = candidate;
                }
            }
            if (type == null) {
                throw new MeterlakeException(
                        INVALID_SELECTION,
                        "Cannot select resource type %s: there is no such type%s"
                                .formatted(word, DidYouMean.question(word, ResourceType.words())),
                        "Use one of " + String.join(", ", ResourceType.words()) + ".");
            }
            types.add(type);
        }
        return types;
    }
}
