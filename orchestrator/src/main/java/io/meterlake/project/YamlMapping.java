package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML mapping whose parts know their lines. What has the wrong shape is added to the problems and left out. */
public final class YamlMapping {
    private final Location location;
    private final SequencedMap<String, Node> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Problems problems;

    YamlMapping(String file, MappingNode node, Problems problems) {
        this(new Location(file, node.getStartMark().getLine() + 1), problems);
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(location, "a key is not a plain word");
                continue;
            }
            int line = key.getStartMark().getLine() + 1;
            if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(new Location(file, line), "key " + key.getValue() + " is there twice");
            }
            lines.putIfAbsent(key.getValue(), line);
        }
    }

    private YamlMapping(Location location, Problems problems) {
        this.location = location;
        this.problems = problems;
    }

    static YamlMapping empty(Location location, Problems problems) {
        return new YamlMapping(location, problems);
    }

    public Location location() {
        return location;
    }

    public Location location(String key) {
        return new Location(location.file(), lines.getOrDefault(key, location.line()));
    }

    public Collection<String> keys() {
        return entries.keySet();
    }

    public boolean has(String key) {
        Node node = entries.get(key);
        return node != null && !node.getTag().equals(Tag.NULL);
    }

    /** Whether the key holds a mapping. */
    boolean isMapping(String key) {
        return entries.get(key) instanceof MappingNode;
    }

    /** A value as maps, lists and scalars. */
    public Optional<Object> value(String key) {
        Node node = entries.get(key);
        return node == null ? Optional.empty() : YamlReader.value(node);
    }

    /** All of it as maps, lists and scalars; keys without a value are left out. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : entries.keySet()) {
            value(key).ifPresent(value -> values.put(key, value));
        }
        return values;
    }

    public Optional<String> text(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (entries.get(key) instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.add(location(key), key + ": expected a single value");
        return Optional.empty();
    }

    /** The text of a key that must be there. */
    public Optional<String> required(String key) {
        Optional<String> text = text(key).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            problems.add(location, key + " is missing");
        }
        return text;
    }

    public Optional<YamlMapping> mapping(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (entries.get(key) instanceof MappingNode mapping) {
            return Optional.of(new YamlMapping(location.file(), mapping, problems));
        }
        problems.add(location(key), key + ": expected a mapping (key: value)");
        return Optional.empty();
    }

    /** The texts of a list, or the one text that stands for a list of one. */
    public List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (entries.get(key) instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                problems.add(at(item), key + ": expected a list of single values");
            }
        }
        return texts;
    }

    /** The mappings of a list. */
    public List<YamlMapping> mappings(String key) {
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof MappingNode mapping) {
                mappings.add(new YamlMapping(location.file(), mapping, problems));
            } else {
                problems.add(at(item), key + ": expected a list of mappings (- name: …)");
            }
        }
        return mappings;
    }

    /** The items of a list as they are. */
    List<Node> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (entries.get(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(location(key), key + ": expected a list (- …)");
        return List.of();
    }

    Location at(Node node) {
        return new Location(location.file(), node.getStartMark().getLine() + 1);
    }

    /** Adds a problem for each key that is not known, with the nearest one that is. */
    public void refuseUnknownKeys(String what, Collection<String> known) {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                problems.add(location(key), "unknown key %s in %s%s".formatted(key, what, question(key, known)));
            }
        }
    }
}
