package io.meterlake.compile.template;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.project.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a template calls a function with.
 *
 * @param location the line of the call
 * @param function the function's name, for messages
 */
public record Arguments(
        Location location, String function, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    public Arguments {
        positional = Collections.unmodifiableList(new ArrayList<>(positional));
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** An argument by its place or its name. */
    public Optional<Object> optional(int place, String name) {
        Object value = place < positional.size() ? positional.get(place) : named.get(name);
        return Optional.ofNullable(value);
    }

    /** An argument that must be there. */
    public Object required(int place, String name) {
        return optional(place, name).orElseThrow(() -> failure("%s needs an argument '%s'".formatted(function, name)));
    }

    /** An argument that must be there, as text. */
    public String text(int place, String name) {
        return PythonText.of(required(place, name));
    }

    /** Refuses more arguments than these, in the order of their places. */
    public void allow(String... names) {
        if (positional.size() > names.length) {
            throw failure("%s takes at most %d arguments, not %d".formatted(function, names.length, positional.size()));
        }
        for (String given : named.keySet()) {
            if (!List.of(names).contains(given)) {
                throw failure("%s has no argument '%s'%s".formatted(function, given, question(given, List.of(names))));
            }
        }
    }

    /** A failure at the line of the call. */
    public TemplateFailure failure(String message) {
        return new TemplateFailure(location, message);
    }
}
