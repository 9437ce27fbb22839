package io.meterlake.config;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The settings in force. Immutable.
 *
 * <p>Precedence: flag, environment, {@code meterlake.yml}, default.
 */
public final class Config {
    /** A value and where it came from: {@code flag}, an environment variable's name, {@code file:line}, {@code default}. */
    public record Value(String text, String origin) {}

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
     * A number setting.
     *
     * @throws MeterlakeException if the value is not a whole number of 0 or more
     */
    public int number(Setting setting) {
        Value value = value(setting);
        try {
            int number = Integer.parseInt(value.text().strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, as a negative one is
        }
        throw new MeterlakeException(
                INVALID_CONFIG,
                "Cannot read setting %s (%s): '%s' is not a whole number of 0 or more"
                        .formatted(setting.key(), value.origin(), value.text()),
                "Write a number, for example " + setting.key() + ": " + setting.defaultValue() + ".");
    }

    /** A path setting, absolute. */
    public Path path(Setting setting) {
        return projectFolder.resolve(text(setting)).toAbsolutePath().normalize();
    }
}
