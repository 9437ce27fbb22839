package io.meterlake.cli;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;
import static io.meterlake.config.Setting.TRINO_AUTHORITY;
import static io.meterlake.config.Setting.TRINO_PASSWORD;
import static io.meterlake.config.Setting.TRINO_TOKEN;
import static io.meterlake.config.Setting.TRINO_USER;

import io.meterlake.config.Config;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoAccess;
import io.meterlake.engine.TrinoSettings;
import io.meterlake.error.MeterlakeException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

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
                    new Trino(new TrinoSettings(url, config.text(TRINO_USER), access(config), List.of(command))));
        } catch (IllegalArgumentException e) {
            throw new MeterlakeException(
                    INVALID_CONFIG,
                    e.getMessage() == null ? "Cannot use Trino's address " + url : e.getMessage(),
                    "Write trino.url as https://host:port, or http://host:port where nobody logs in.",
                    e);
        }
    }

    private static TrinoAccess access(Config config) {
        String password = config.text(TRINO_PASSWORD);
        String token = config.text(TRINO_TOKEN).strip();
        if (!password.isEmpty() && !token.isEmpty()) {
            throw new MeterlakeException(
                    INVALID_CONFIG,
                    "Cannot log in to Trino: there is a trino.password (%s) and a trino.token (%s)"
                            .formatted(
                                    config.value(TRINO_PASSWORD).origin(),
                                    config.value(TRINO_TOKEN).origin()),
                    "Set the one that Trino asks for.");
        }
        TrinoAccess.Login login = !token.isEmpty()
                ? new TrinoAccess.Login.Token(token)
                : password.isEmpty() ? new TrinoAccess.Login.None() : new TrinoAccess.Login.Password(password);
        return config.text(TRINO_AUTHORITY).isBlank()
                ? new TrinoAccess(login, Optional.empty())
                : TrinoAccess.trusting(login, config.path(TRINO_AUTHORITY));
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
