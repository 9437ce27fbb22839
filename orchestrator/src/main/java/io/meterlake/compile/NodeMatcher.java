package io.meterlake.compile;

import io.meterlake.project.GenericTest;
import io.meterlake.project.ModelVersion;
import io.meterlake.project.ResourceType;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says whether a node is what a selector's method and value mean. Not thread-safe. */
final class NodeMatcher {
    private final Map<String, Pattern> globs = new HashMap<>();
    private final Map<String, PathMatcher> paths = new HashMap<>();
    private final CompiledProject project;
    private final EarlierState earlier;

    NodeMatcher(CompiledProject project, EarlierState earlier) {
        this.project = project;
        this.earlier = earlier;
    }

    boolean matches(CompiledNode node, String method, String value) {
        if (method.startsWith("config.")) {
            return hasConfig(node, method.substring("config.".length()), value);
        }
        return switch (method) {
            case "fqn" -> fqn(node, value);
            case "tag" -> node.config().tags().stream().anyMatch(tag -> glob(value, tag));
            case "path" -> path(node.location().file(), value);
            case "file" -> {
                String file = node.location().file();
                yield glob(value, file.substring(file.lastIndexOf('/') + 1));
            }
            case "source" -> source(node, value);
            case "resource_type" -> node.resourceType().word().equals(value);
            case "test_name" -> node.resource() instanceof GenericTest test && glob(value, test.testName());
            case "test_type" -> testType(node, value);
            case "exposure" -> node.resourceType() == ResourceType.EXPOSURE && named(node, value);
            case "group" -> node.config().text("group").filter(value::equals).isPresent();
            case "version" ->
                node.resource() instanceof SqlResource.Model model
                        && version(model.properties().version()).equals(value);
            case "access" ->
                node instanceof CompiledNode.Model && Access.of(node.config()).equals(value);
            case "unit_test" -> node.resourceType() == ResourceType.UNIT_TEST && named(node, value);
            case "package" ->
                value.equals("this") || node.resource().fqn().getFirst().equals(value);
            case "state", "result", "source_status" -> earlier.matches(project, node, method, value);
            default -> throw new IllegalStateException("the parser lets no method " + method + " through");
        };
    }

    private static String version(@Nullable ModelVersion version) {
        if (version == null) {
            return "none";
        }
        return version.isLatest() ? "latest" : version.isOld() ? "old" : "prerelease";
    }

    /** A name, with or without the project's. */
    private boolean named(CompiledNode node, String value) {
        return glob(value, node.name()) || glob(value, node.resource().fqn().getFirst() + "." + node.name());
    }

    /** A name, or the folders and the name with or without the project's; a part may be a pattern. */
    private boolean fqn(CompiledNode node, String value) {
        List<String> fqn = node.resource().fqn();
        if (node.resourceType() == ResourceType.SOURCE) {
            return false;
        }
        if (glob(value, fqn.getLast()) || value.equals(node.uniqueId())) {
            return true;
        }
        if (node.resource() instanceof SqlResource.Model model
                && (glob(value, model.refName())
                        || glob(value, model.name())
                        || glob(value, String.join(".", fqn.subList(Math.max(0, fqn.size() - 2), fqn.size()))))) {
            return true;
        }
        List<String> parts = List.of(value.split("\\.", -1));
        return startsWith(fqn, parts) || startsWith(fqn.subList(1, fqn.size()), parts);
    }

    private boolean startsWith(List<String> fqn, List<String> parts) {
        if (parts.size() > fqn.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!glob(parts.get(i), fqn.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A folder with all in it, a file, or a pattern of paths. */
    private boolean path(String file, String value) {
        String wanted = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        if (file.equals(wanted) || file.startsWith(wanted + "/")) {
            return true;
        }
        return isGlob(wanted)
                && paths.computeIfAbsent(
                                wanted, glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                        .matches(Path.of(file));
    }

    private boolean source(CompiledNode node, String value) {
        if (!(node.resource() instanceof SourceTable source)) {
            return false;
        }
        int dot = value.indexOf('.');
        return dot < 0
                ? glob(value, source.sourceName())
                : glob(value.substring(0, dot), source.sourceName()) && glob(value.substring(dot + 1), source.name());
    }

    private static boolean testType(CompiledNode node, String value) {
        if (node.resourceType() == ResourceType.UNIT_TEST) {
            return value.equals("unit");
        }
        if (node.resourceType() != ResourceType.TEST) {
            return false;
        }
        boolean generic = node.resource() instanceof GenericTest;
        return switch (value) {
            case "generic" -> generic;
            case "singular" -> !generic;
            case "data" -> true;
            default -> false;
        };
    }

    private static boolean hasConfig(CompiledNode node, String key, String value) {
        Object here = node.config().values();
        for (String part : key.split("\\.", -1)) {
            here = here instanceof Map<?, ?> map ? map.get(part) : null;
        }
        if (here == null && key.equals("materialized") && node instanceof CompiledNode.Model model) {
            here = model.materialization().word();
        }
        return here instanceof List<?> list
                ? list.stream().anyMatch(item -> value.equals(String.valueOf(item)))
                : here != null && Objects.toString(here).equalsIgnoreCase(value);
    }

    private static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    private boolean glob(String glob, String text) {
        if (!isGlob(glob)) {
            return glob.equals(text);
        }
        return globs.computeIfAbsent(glob, NodeMatcher::pattern).matcher(text).matches();
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
