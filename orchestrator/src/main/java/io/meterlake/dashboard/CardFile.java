package io.meterlake.dashboard;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one card and its SQL. */
final class CardFile {
    private static final List<String> KEYS =
            List.of("name", "description", "collection", "display", "shows", "template_tags", "visualization_settings");
    private static final List<String> TAG_KEYS =
            List.of("display_name", "type", "dimension", "widget_type", "required", "default");
    private static final List<String> DISPLAYS =
            List.of("table", "line", "bar", "area", "row", "scalar", "pie", "combo");
    private static final List<String> WIDGETS = List.of("string/=", "date/range");
    private static final List<String> NUMBERS =
            Arrays.stream(Numbers.values()).map(Numbers::word).toList();
    private static final List<String> TYPES =
            Arrays.stream(TemplateTag.Type.values()).map(TemplateTag.Type::word).toList();

    private final Path folder;
    private final List<String> collections;
    private final Problems problems;

    CardFile(Path folder, List<String> collections, Problems problems) {
        this.folder = folder;
        this.collections = collections;
        this.problems = problems;
    }

    Optional<Card> card(String file, YamlMapping root) {
        root.refuseUnknownKeys("a card", KEYS);
        String name = root.required("name").orElse("");
        String collection = DashboardLoader.reference(problems, root, "collection", "collection", collections);
        String display = oneOf(root, "display", DISPLAYS).orElse("table");
        String shows = oneOf(root, "shows", NUMBERS).orElse("live");
        Map<String, TemplateTag> tags = new LinkedHashMap<>();
        root.mapping("template_tags")
                .ifPresent(all -> all.keys()
                        .forEach(key -> all.mapping(key)
                                .ifPresent(tag ->
                                        tag(key, all.location(key), tag).ifPresent(read -> tags.put(key, read)))));
        Map<String, Object> settings =
                root.mapping("visualization_settings").map(YamlMapping::values).orElse(Map.of());
        return sql(file, root, tags)
                .map(query -> new Card(
                        DashboardLoader.slug(file),
                        name,
                        root.text("description").orElse("").strip(),
                        collection,
                        display,
                        Numbers.valueOf(shows.toUpperCase(Locale.ROOT)),
                        query,
                        tags,
                        settings));
    }

    private Optional<CardSql> sql(String file, YamlMapping root, Map<String, TemplateTag> tags) {
        String name = file.substring(0, file.length() - ".yml".length()) + ".sql";
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            problems.add(Location.of(name), "there is no such file; a card's SQL is in a file beside it");
            return Optional.empty();
        }
        try {
            CardSql query = CardSql.parse(Files.readString(path));
            for (String tag : query.tags()) {
                if (!tags.containsKey(tag)) {
                    problems.add(
                            Location.of(name),
                            "{{%s}} is not declared under template_tags%s"
                                    .formatted(tag, question(tag, tags.keySet())));
                }
            }
            for (String tag : tags.keySet()) {
                if (!query.tags().contains(tag)) {
                    problems.add(root.location("template_tags"), "the SQL has no {{" + tag + "}}");
                }
            }
            return Optional.of(query);
        } catch (IllegalArgumentException e) {
            problems.add(Location.of(name), String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    private Optional<TemplateTag> tag(String name, Location at, YamlMapping tag) {
        tag.refuseUnknownKeys("template tag " + name, TAG_KEYS);
        TemplateTag.Type type = oneOf(tag, "type", TYPES)
                .map(word -> TemplateTag.Type.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(TemplateTag.Type.TEXT);
        @Nullable FieldReference dimension = null;
        String widget = "";
        if (type == TemplateTag.Type.DIMENSION) {
            String text = tag.required("dimension").orElse("");
            dimension = FieldReference.parse(text).orElse(null);
            widget = oneOf(tag, "widget_type", WIDGETS).orElse("");
            if (dimension == null) {
                problems.add(tag.location("dimension"), "dimension: '" + text + "' is not catalog.schema.table.column");
                return Optional.empty();
            }
        } else if (tag.has("dimension") || tag.has("widget_type")) {
            problems.add(at, "dimension and widget_type belong to the type dimension");
        }
        return Optional.of(new TemplateTag(
                name,
                tag.text("display_name").orElse(name),
                type,
                dimension,
                widget,
                tag.text("required").orElse("false").equals("true"),
                tag.text("default").orElse(null)));
    }

    private Optional<String> oneOf(YamlMapping mapping, String key, List<String> allowed) {
        Optional<String> text = mapping.required(key);
        if (text.isPresent() && !allowed.contains(text.get())) {
            problems.add(
                    mapping.location(key),
                    "%s: '%s' is none of %s%s"
                            .formatted(key, text.get(), String.join(", ", allowed), question(text.get(), allowed)));
            return Optional.empty();
        }
        return text;
    }
}
