package io.meterlake.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The settings in force. Immutable.
 *
 * <p>Precedence: flag, environment, {@code meterlake.yml}, default.
 */
public final class Config {
    /** A value and where it came from: {@code flag}, an environment variable's name, {@code file:line}, {@code default}. */
    public record Value(String text, String origin) {
        /** As it may be shown: stars for a secret. */
        public String shown(Setting setting) {
            return setting.isSecret() && !text.isEmpty() ? "***" : text;
        }
    }

    private final Path projectFolder;
    private final Map<Setting, Value> values;

    Config(Path projectFolder, Map<Setting, Value> values) {
        this.projectFolder = projectFolder;
        this.values = new EnumMap<>(values);
    }

    /** The folder that holds {@code meterlake.yml}; relative paths start here. */
    public Path projectFolder() {
        return projectFolder;
    }

    /** The value in force as it was written, and its origin. */
    public Value value(Setting setting) {
        Value value = values.get(setting);
        return value == null ? new Value(setting.defaultValue(), "default") : value;
    }

    public String text(Setting setting) {
        return value(setting).text();
    }

    /**
     * The value of a number setting; {@link ConfigReader} has refused what is none.
     */
    public int number(Setting setting) {
        Value value = value(setting);
        return wholeNumber(value.text())
                .orElseThrow(() -> new IllegalArgumentException(setting.key() + " is no number: " + value.text()));
    }

    /** The whole number of 0 or more that a text is; empty if it is none. */
    static OptionalInt wholeNumber(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            return number >= 0 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** A path setting, absolute. */
    public Path path(Setting setting) {
        return projectFolder.resolve(text(setting)).toAbsolutePath().normalize();
    }
}
