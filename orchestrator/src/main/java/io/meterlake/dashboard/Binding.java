package io.meterlake.dashboard;

import static io.meterlake.dashboard.DashboardErrorCode.INVALID_PARAMETER;

import io.meterlake.error.MeterlakeException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Grows a {@link BoundQuery}. Not thread-safe. */
final class Binding {
    private final Map<String, TemplateTag> tags;
    private final Map<String, List<String>> given;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Binding(Map<String, TemplateTag> tags, Map<String, List<String>> given) {
        this.tags = tags;
        this.given = given;
    }

    void text(String text) {
        sql.append(text);
    }

    boolean hasValue(String name) {
        return !valuesOf(tagOf(name)).isEmpty();
    }

    void tag(String name) {
        TemplateTag tag = tagOf(name);
        List<String> chosen = valuesOf(tag);
        if (chosen.isEmpty()) {
            if (tag.required() || tag.dimension() == null) {
                throw refused(tag, "it has no value", "Choose one.");
            }
            // As Metabase has it: a filter without a value filters nothing.
            sql.append("1 = 1");
            return;
        }
        FieldReference dimension = tag.dimension();
        if (dimension != null) {
            condition(tag, dimension, chosen);
        } else if (chosen.size() > 1) {
            throw refused(tag, "it takes one value, and has " + chosen.size(), "Choose one.");
        } else {
            placeholder(single(tag, chosen.getFirst()));
        }
    }

    BoundQuery query() {
        return new BoundQuery(sql.toString(), values);
    }

    private void condition(TemplateTag tag, FieldReference dimension, List<String> chosen) {
        if (tag.widgetType().equals("date/range")) {
            String[] days = chosen.getFirst().split("~", -1);
            if (chosen.size() != 1 || days.length != 2) {
                throw refused(tag, "'" + chosen.getFirst() + "' is no range of days", "Write 2026-01-01~2026-01-31.");
            }
            LocalDate first = day(tag, days[0]);
            LocalDate last = day(tag, days[1]);
            if (last.isBefore(first)) {
                throw refused(tag, "the range ends before it starts", "Put the earlier day first.");
            }
            sql.append("cast(").append(dimension.sql()).append(" as date) between ");
            placeholder(first);
            sql.append(" and ");
            placeholder(last);
            return;
        }
        sql.append(dimension.sql()).append(" in (");
        for (int i = 0; i < chosen.size(); i++) {
            sql.append(i == 0 ? "" : ", ");
            placeholder(chosen.get(i));
        }
        sql.append(')');
    }

    private void placeholder(Object value) {
        sql.append('?');
        values.add(value);
    }

    private static Object single(TemplateTag tag, String text) {
        return switch (tag.type()) {
            case TEXT, DIMENSION -> text;
            case DATE -> day(tag, text);
            case NUMBER -> number(tag, text);
        };
    }

    private static Object number(TemplateTag tag, String text) {
        // Also against 1e999999999, which would be a gigabyte of digits.
        if (!text.matches("-?[0-9]{1,18}([.][0-9]{1,18})?")) {
            throw refused(tag, "'" + text + "' is not a number", "Write it with digits and a point.");
        }
        return text.contains(".") ? (Object) new BigDecimal(text) : Long.valueOf(text);
    }

    private static LocalDate day(TemplateTag tag, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(tag, "'" + text + "' is not a day", "Write it as 2026-01-31.");
        }
    }

    private List<String> valuesOf(TemplateTag tag) {
        List<String> chosen = given.getOrDefault(tag.name(), List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
        return chosen.isEmpty() ? tag.fallback().map(List::of).orElse(Collections.emptyList()) : chosen;
    }

    private TemplateTag tagOf(String name) {
        TemplateTag tag = tags.get(name);
        if (tag == null) {
            throw new IllegalArgumentException("template tag " + name + " is not declared");
        }
        return tag;
    }

    private static MeterlakeException refused(TemplateTag tag, String reason, String hint) {
        return new MeterlakeException(
                INVALID_PARAMETER, "Cannot use the filter " + tag.displayName() + ": " + reason, hint);
    }
}
