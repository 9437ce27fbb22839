package io.meterlake.project;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML so that each value keeps its line. */
public final class YamlReader {
    private YamlReader() {}

    /**
     * Reads a file whose top level is a mapping; an empty file is an empty mapping.
     *
     * @return nothing if the file is not such YAML, with a problem added
     */
    public static Optional<YamlMapping> read(Path path, String file, Problems problems) {
        try {
            return read(Files.readAllBytes(path), file, problems);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    /** The same with what is in the file. */
    static Optional<YamlMapping> read(byte[] bytes, String file, Problems problems) {
        try {
            Reader text = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
            Node root = yaml(new Values()).compose(text);
            if (root == null) {
                return Optional.of(YamlMapping.empty(Location.of(file), problems));
            }
            if (root instanceof MappingNode mapping) {
                return Optional.of(new YamlMapping(file, mapping, problems));
            }
            problems.add(new Location(file, 1), "expected a mapping (key: value) at the top level");
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(new Location(file, mark == null ? 1 : mark.getLine() + 1), "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            boolean badBytes = e.getCause() instanceof CharacterCodingException;
            problems.add(new Location(file, 1), badBytes ? "not UTF-8 text" : "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /**
     * Reads a value, such as that of {@code --vars}. Dates stay text.
     *
     * @throws YAMLException if it is not YAML
     */
    public static Object value(String text) {
        Object value = yaml(new Values()).load(new StringReader(text));
        return value == null ? "" : value;
    }

    /** The value of a node as maps, lists and scalars. */
    static Optional<Object> value(Node node) {
        // Most are texts, and each constructor of values takes longer to make than all else here.
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
                ? Optional.of(scalar.getValue())
                : new Values().valueOf(node);
    }

    private static Yaml yaml(Values values) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(64 << 20);
        DumperOptions unused = new DumperOptions();
        return new Yaml(values, new Representer(unused), unused, options, new DatesAreText());
    }

    private static final class Values extends SafeConstructor {
        Values() {
            super(new LoaderOptions());
        }

        Optional<Object> valueOf(Node node) {
            return Optional.ofNullable(constructDocument(node));
        }
    }

    /** A date stays as it is written: templates paste it into SQL. */
    private static final class DatesAreText extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, java.util.regex.Pattern pattern, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, pattern, first, limit);
            }
        }
    }
}
