package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.ConfigReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command gets from the process it runs in, so that tests can hand in their own.
 *
 * @param console where to write
 * @param environment the environment variables
 * @param folder the working folder
 * @param home the folder that Meterlake itself is installed in
 * @param clock the only source of the present time
 */
public record CommandContext(Console console, Map<String, String> environment, Path folder, Path home, Clock clock) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** The same with another console. */
    CommandContext withConsole(Console other) {
        return new CommandContext(other, environment, folder, home, clock);
    }

    /** The configuration that holds here, with the flags of the command line on top. */
    Config config(Map<String, String> flags) {
        return ConfigReader.read(folder, environment, flags);
    }
}
