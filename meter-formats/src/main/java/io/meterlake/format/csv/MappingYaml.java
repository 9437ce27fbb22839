package io.meterlake.format.csv;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.FormatErrorCode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The YAML of a mapping as nodes that know their lines, and everything that is found to be wrong with it. */
final class MappingYaml {
    private final String fileName;
    private final List<String> problems = new ArrayList<>();

    MappingYaml(String fileName) {
        this.fileName = fileName;
    }

    /** The keys of the whole text; empty, with a problem, if it has none or is no YAML. */
    Optional<MappingNode> document(String text) {
        try {
            if (new Yaml(new LoaderOptions()).compose(new StringReader(text)) instanceof MappingNode document) {
                return Optional.of(document);
            }
            problem(1, "it has no keys");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problem(line, "it is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problem(1, "it is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** The entries of a mapping, without those that are unknown; if nothing is known, everything is. */
    Map<String, Node> entries(MappingNode node, String kind, List<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Optional<String> key = scalarOrEmpty(tuple.getKeyNode());
            if (key.isEmpty()) {
                continue;
            }
            if (!known.isEmpty() && !known.contains(key.get())) {
                problem(
                        tuple.getKeyNode(),
                        "unknown %s '%s'%s".formatted(kind, key.get(), DidYouMean.question(key.get(), known)));
            } else if (entries.putIfAbsent(key.get(), tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "the %s '%s' is given twice".formatted(kind, key.get()));
            }
        }
        return entries;
    }

    Optional<Node> required(MappingNode document, Map<String, Node> entries, String key) {
        if (!entries.containsKey(key)) {
            problem(document, "'%s' is missing".formatted(key));
        }
        return Optional.ofNullable(entries.get(key));
    }

    static void optional(Map<String, Node> entries, String key, Consumer<Node> reader) {
        Optional.ofNullable(entries.get(key)).ifPresent(reader);
    }

    Optional<String> scalar(Node node) {
        Optional<String> text = scalarOrEmpty(node);
        if (text.isPresent() && text.get().isEmpty()) {
            problem(node, "a value is missing");
            return Optional.empty();
        }
        return text;
    }

    /** A scalar as it is written, so that {@code no} and {@code 01} stay what they are. */
    Optional<String> scalarOrEmpty(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problem(node, "a single value was expected");
        return Optional.empty();
    }

    void problem(Node node, String reason) {
        problem(node.getStartMark().getLine() + 1, reason);
    }

    private void problem(int line, String reason) {
        problems.add("%s:%d: %s".formatted(fileName, line, reason));
    }

    /** @throws MeterlakeException {@code INVALID_MAPPING} with all problems, numbered, each with file and line */
    void throwIfWrong() {
        if (problems.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            lines.add("  %d. %s".formatted(i + 1, problems.get(i)));
        }
        throw new MeterlakeException(
                FormatErrorCode.INVALID_MAPPING,
                "Cannot use the mapping %s: %d problem%s%n%s"
                        .formatted(
                                fileName, problems.size(), problems.size() == 1 ? "" : "s", String.join("\n", lines)),
                "Correct the mapping; docs/csv-mapping.md shows one with all keys.");
    }
}
