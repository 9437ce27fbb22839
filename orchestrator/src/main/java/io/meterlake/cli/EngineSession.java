package io.meterlake.cli;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoSettings;
import io.meterlake.error.MeterlakeException;
import java.net.URI;
import java.util.List;

/** Trino for the time of a command: whatever ends it, Ctrl-C included, its running queries are cancelled. */
final class EngineSession implements AutoCloseable {
    private final Trino trino;
    private final Thread cancelOnInterrupt;

    private EngineSession(Trino trino) {
        this.trino = trino;
        this.cancelOnInterrupt = new Thread(trino::close, "cancel-queries");
        Runtime.getRuntime().addShutdownHook(cancelOnInterrupt);
    }

    /**
     * Opens a session with the Trino that the settings name.
     *
     * @param command shown with the queries in Trino's own interface
     */
    static EngineSession open(Config config, String command) {
        URI url = new Servers(config).trino();
        try {
            return new EngineSession(
                    new Trino(new TrinoSettings(url, config.text(Setting.TRINO_USER), List.of(command))));
        } catch (IllegalArgumentException e) {
            throw new MeterlakeException(
                    INVALID_CONFIG,
                    e.getMessage() == null ? "Cannot use Trino's address " + url : e.getMessage(),
                    "Write trino.url as http://host:port.",
                    e);
        }
    }

    Trino trino() {
        return trino;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(cancelOnInterrupt);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs already.
            return;
        }
        trino.close();
    }
}
