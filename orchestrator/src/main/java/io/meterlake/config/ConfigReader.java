package io.meterlake.config;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Puts a {@link Config} together. Collects all problems and throws them once. */
public final class ConfigReader {
    public static final String FILE_NAME = "meterlake.yml";

    /** What the launcher and the tests read, and what is too secret for a setting. */
    private static final List<String> NOT_SETTINGS = List.of(
            "METERLAKE_JAVA_OPTS",
            "METERLAKE_JAVA_SEARCH",
            "METERLAKE_METABASE_API_KEY",
            "METERLAKE_METABASE_PASSWORD",
            "METERLAKE_METABASE_TRINO_PASSWORD",
            "METERLAKE_METABASE_USER",
            "METERLAKE_OPENLINEAGE_API_KEY",
            "METERLAKE_TEST_TRINO",
            "METERLAKE_TEST_METASTORE");

    private final List<String> problems = new ArrayList<>();
    private final Map<Setting, Config.Value> values = new EnumMap<>(Setting.class);

    private ConfigReader() {}

    /**
     * Reads the configuration that holds in a folder.
     *
     * @param folder where the search for {@code meterlake.yml} begins; it goes on in the folders above
     * @param environment the process's environment variables
     * @param flags settings from the command line by key
     * @throws MeterlakeException with a numbered list of all that is wrong
     */
    public static Config read(Path folder, Map<String, String> environment, Map<String, String> flags) {
        ConfigReader reader = new ConfigReader();
        Path start = folder.toAbsolutePath().normalize();
        Optional<Path> file = find(start);
        file.ifPresent(reader::readFile);
        reader.readEnvironment(environment);
        reader.readFlags(flags);
        reader.problems.addAll(new ValueChecks(reader.values, file).problems());
        reader.failOnProblems();
        return new Config(file.map(Path::getParent).orElse(start), reader.values);
    }

    private static Optional<Path> find(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(FILE_NAME);
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void readFile(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
            if (root != null) {
                readNode("", root, file);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add("%s:%d: not YAML: %s".formatted(file, line, e.getProblem()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private void readNode(String key, Node node, Path file) {
        String origin = file.getFileName() + ":" + (node.getStartMark().getLine() + 1);
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                    readNode(key.isEmpty() ? name : key + "." + name, tuple.getValueNode(), file);
                }
            }
            case ScalarNode scalar -> put(key, scalar.getValue(), origin);
            default -> problems.add("%s: %s: expected a single value".formatted(origin, key));
        }
    }

    private void readEnvironment(Map<String, String> environment) {
        List<String> known = new ArrayList<>(NOT_SETTINGS);
        for (Setting setting : Setting.values()) {
            known.add(setting.environmentVariable());
        }
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("METERLAKE_") && !known.contains(name)) {
                problems.add("%s: no setting has this environment variable%s"
                        .formatted(name, DidYouMean.question(name, known)));
            }
        });
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.environmentVariable());
            if (value != null) {
                values.put(setting, new Config.Value(value, setting.environmentVariable()));
            }
        }
    }

    private void readFlags(Map<String, String> flags) {
        new LinkedHashMap<>(flags).forEach((key, value) -> put(key, value, ValueChecks.FLAG));
    }

    private void put(String key, String value, String origin) {
        for (Setting setting : Setting.values()) {
            if (setting.key().equals(key)) {
                values.put(setting, new Config.Value(value, origin));
                return;
            }
        }
        problems.add("%s: unknown setting %s%s".formatted(origin, key, DidYouMean.question(key, Setting.keys())));
    }

    private void failOnProblems() {
        if (problems.isEmpty()) {
            return;
        }
        String list = IntStream.range(0, problems.size())
                .mapToObj(i -> "%n  %d) %s".formatted(i + 1, problems.get(i)))
                .collect(Collectors.joining());
        throw new MeterlakeException(
                INVALID_CONFIG,
                "Cannot use the configuration:" + list,
                "Mend the lines above; docs/configuration.md lists every setting.");
    }
}
