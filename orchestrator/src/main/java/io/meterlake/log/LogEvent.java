package io.meterlake.log;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param message for a person; without the fields' names
 * @param fields what it is about, in the order of {@link Field}; a value is a text, a number or a list of texts
 * @param isTold whether a person is told by other means already, such as the result on stdout
 */
public record LogEvent(LogLevel level, String message, Map<Field, Object> fields, boolean isTold) {
    public LogEvent {
        Map<Field, Object> copy = new EnumMap<>(Field.class);
        fields.forEach((field, value) -> copy.put(field, value instanceof String text ? Secrets.hidden(text) : value));
        message = Secrets.hidden(message);
        fields = Collections.unmodifiableMap(copy);
    }

    public static LogEvent info(String message) {
        return new LogEvent(LogLevel.INFO, message, Map.of(), false);
    }

    public static LogEvent warning(String message) {
        return new LogEvent(LogLevel.WARNING, message, Map.of(), false);
    }

    public static LogEvent error(String message) {
        return new LogEvent(LogLevel.ERROR, message, Map.of(), false);
    }

    /** The same with one field more; an empty text adds none. */
    public LogEvent with(Field field, Object value) {
        if (value.equals("")) {
            return this;
        }
        Map<Field, Object> more = new EnumMap<>(Field.class);
        more.putAll(fields);
        more.put(field, value);
        return new LogEvent(level, message, more, isTold);
    }

    /** The same, for programs and the kept log only. */
    public LogEvent told() {
        return new LogEvent(level, message, fields, true);
    }

    /** Whether it only makes room between lines. */
    boolean isBlank() {
        return message.isBlank() && fields.isEmpty();
    }

    /** A field as text. */
    public Optional<String> text(Field field) {
        return Optional.ofNullable(fields.get(field)).map(String::valueOf);
    }
}
