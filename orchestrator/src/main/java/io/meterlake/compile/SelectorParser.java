package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;
import static io.meterlake.error.DidYouMean.question;

import io.meterlake.compile.Selector.Matching;
import io.meterlake.error.MeterlakeException;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads dbt's selector language. */
final class SelectorParser {
    static final Set<String> METHODS = Set.of(
            "fqn",
            "tag",
            "path",
            "file",
            "source",
            "resource_type",
            "test_name",
            "test_type",
            "unit_test",
            "exposure",
            "group",
            "access",
            "version",
            "package",
            "config",
            "state",
            "result",
            "source_status",
            "selector");

    /** What a method can be asked for that takes no names, as in dbt. */
    private static final Map<String, Set<String>> COMPARISONS = Map.of(
            "state",
            Set.of(
                    "new",
                    "old",
                    "modified",
                    "unmodified",
                    "modified.body",
                    "modified.configs",
                    "modified.persisted_descriptions",
                    "modified.relation",
                    "modified.macros",
                    "modified.contract"),
            "result",
            Set.of("success", "pass", "warn", "fail", "error", "skipped"),
            "source_status",
            Set.of("fresher"),
            "version",
            Set.of("latest", "prerelease", "old", "none"));

    private static final Set<String> NOT_YET = Set.of("metric", "semantic_model", "saved_query");

    /** {@code @name+}, {@code 2+method.key:value+3}. */
    private static final Pattern SPEC = Pattern.compile(
            "(?<at>@)?(?:(?<up>\\d*)(?<plus>\\+))?(?:(?<method>[a-z_]+(?:\\.[\\w.]+)?):)?(?<value>[^:]*?)(?:\\+(?<down>\\d*))?");

    private static final int MOST_DIGITS = 9;

    private SelectorParser() {}

    /** @param specs as given on the command line; each may hold several, separated by blanks */
    static Selector parse(List<String> specs) {
        List<Selector> union = new ArrayList<>();
        for (String spec : specs) {
            for (String part : spec.strip().split("\\s+", -1)) {
                if (!part.isEmpty()) {
                    union.add(intersection(part));
                }
            }
        }
        return new Selector.Union(union);
    }

    private static Selector intersection(String written) {
        List<Selector> parts = new ArrayList<>();
        for (String part : written.split(",", -1)) {
            parts.add(matching(part, written));
        }
        return parts.size() == 1 ? parts.getFirst() : new Selector.Intersection(parts);
    }

    private static Selector matching(String part, String whole) {
        Matcher spec = SPEC.matcher(part);
        if (!spec.matches() || spec.group("value").isEmpty()) {
            throw unreadable(whole, "'%s' is not [@|n+]name[+n] or method:value".formatted(part));
        }
        String value = spec.group("value");
        String method = spec.group("method") == null ? standardMethod(value) : spec.group("method");
        boolean at = spec.group("at") != null;
        String down = part.endsWith("+") ? "" : spec.group("down");
        if (at && (spec.group("plus") != null || down != null)) {
            throw unreadable(whole, "@ cannot go together with +");
        }
        int parents = spec.group("plus") == null ? 0 : steps(spec.group("up"));
        return matching(part, whole, method, value, parents, down == null ? 0 : steps(down), at);
    }

    /**
     * What a method finds, and what is around it.
     *
     * @param parents how many steps up
     * @param children how many steps down
     * @param at with all that the nodes below need besides
     */
    static Matching matching(String method, String value, int parents, int children, boolean at) {
        String written = method + ":" + value;
        return matching(written, written, method, value, parents, children, at);
    }

    private static Matching matching(
            String part, String whole, String method, String value, int parents, int children, boolean at) {
        String family = method.contains(".") ? method.substring(0, method.indexOf('.')) : method;
        if (NOT_YET.contains(family)) {
            throw unreadable(whole, "method %s: is not supported yet".formatted(family));
        }
        if (!METHODS.contains(family) || (family.equals("config") && !method.contains("."))) {
            throw unreadable(
                    whole, "there is no method %s:%s".formatted(method, question(method, new TreeSet<>(METHODS))));
        }
        Set<String> comparisons = COMPARISONS.get(method);
        if (comparisons != null && !comparisons.contains(value)) {
            throw unreadable(
                    whole, "there is no %s:%s%s".formatted(method, value, question(value, new TreeSet<>(comparisons))));
        }
        if (family.equals("path")) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + value);
            } catch (PatternSyntaxException e) {
                throw unreadable(whole, "'%s' is not a pattern of paths".formatted(value));
            }
        }
        return new Matching(part, method, value, parents, children, at);
    }

    private static int steps(String digits) {
        // No graph is so deep that more digits would mean less than all of it.
        return digits.isEmpty() || digits.length() > MOST_DIGITS ? Matching.ALL : Integer.parseInt(digits);
    }

    private static String standardMethod(String value) {
        if (value.contains("/")) {
            return "path";
        }
        return value.endsWith(".sql") || value.endsWith(".csv") ? "file" : "fqn";
    }

    private static MeterlakeException unreadable(String written, String why) {
        return new MeterlakeException(
                INVALID_SELECTION,
                "Cannot read selector %s: %s".formatted(written, why),
                "Examples: fct_settlement, +fct_settlement, staging+, tag:daily, path:models/marts, tag:a,staging.");
    }
}
