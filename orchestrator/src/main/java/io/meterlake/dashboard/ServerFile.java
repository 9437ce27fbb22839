package io.meterlake.dashboard;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.dashboard.ServerSettings.CachePolicy;
import io.meterlake.dashboard.ServerSettings.ReaderGroup;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code server.yml}, which need not be there. */
final class ServerFile {
    static final String NAME = "server.yml";

    private static final List<String> QUERIES = List.of("no", "query-builder", "query-builder-and-native");

    private final List<String> collections;
    private final Problems problems;

    ServerFile(List<String> collections, Problems problems) {
        this.collections = collections;
        this.problems = problems;
    }

    ServerSettings settings(YamlMapping root) {
        root.refuseUnknownKeys("the server", List.of("groups", "cache"));
        List<ReaderGroup> groups = new ArrayList<>();
        for (YamlMapping one : root.mappings("groups")) {
            group(one).ifPresent(group -> {
                if (groups.stream().anyMatch(other -> other.name().equals(group.name()))) {
                    problems.add(one.location(), "group " + group.name() + " is there twice");
                }
                groups.add(group);
            });
        }
        return new ServerSettings(groups, root.mapping("cache").map(this::cache));
    }

    private Optional<ReaderGroup> group(YamlMapping one) {
        one.refuseUnknownKeys("a group", List.of("name", "reads", "create_queries"));
        List<String> reads = one.texts("reads");
        for (String slug : reads) {
            if (!collections.contains(slug)) {
                problems.add(one.location("reads"), "there is no collection " + slug + question(slug, collections));
            }
        }
        String queries = one.text("create_queries").orElse("no");
        if (!QUERIES.contains(queries)) {
            problems.add(
                    one.location("create_queries"),
                    "create_queries: '%s' is none of %s".formatted(queries, String.join(", ", QUERIES)));
        }
        return one.required("name").map(name -> new ReaderGroup(name, reads, queries));
    }

    private CachePolicy cache(YamlMapping one) {
        one.refuseUnknownKeys("the cache", List.of("multiplier", "min_duration_ms"));
        return new CachePolicy(number(one, "multiplier", 1), number(one, "min_duration_ms", 0));
    }

    private int number(YamlMapping one, String key, int least) {
        String text = one.required(key).orElse("");
        if (text.matches("[0-9]{1,8}") && Integer.parseInt(text) >= least) {
            return Integer.parseInt(text);
        }
        problems.add(one.location(key), "%s: '%s' is not a whole number of %d or more".formatted(key, text, least));
        return least;
    }
}
