package io.meterlake.cli;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;
import static io.meterlake.config.Setting.METABASE_CONNECTION;
import static io.meterlake.config.Setting.METABASE_CREDENTIALS;
import static io.meterlake.config.Setting.METABASE_TRINO_URL;
import static io.meterlake.config.Setting.METABASE_URL;
import static io.meterlake.config.Setting.TRINO_USER;

import io.meterlake.config.Config;
import io.meterlake.dashboard.metabase.Credentials;
import io.meterlake.dashboard.metabase.DashboardServer;
import io.meterlake.dashboard.metabase.MetabaseClient;
import io.meterlake.dashboard.metabase.SyncWait;
import io.meterlake.dashboard.metabase.TrinoConnection;
import io.meterlake.error.MeterlakeException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Metabase server of the settings. */
record MetabaseAccess(Config config, Map<String, String> environment) {
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** @throws MeterlakeException {@code INVALID_CONFIG} if no setting names a server */
    MetabaseClient client() {
        String url = config.text(METABASE_URL).strip();
        if (url.isEmpty()) {
            throw new MeterlakeException(
                    INVALID_CONFIG,
                    "Cannot reach Metabase: metabase.url is not set",
                    "Set metabase.url to http://host:port; `meterlake dashboard preview` needs no Metabase.");
        }
        // A port is not asked for: Metabase is mostly behind a proxy, at an address without one.
        if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
            throw new MeterlakeException(
                    INVALID_CONFIG,
                    "Cannot use setting metabase.url (%s): '%s' is no address"
                            .formatted(config.value(METABASE_URL).origin(), url),
                    "Write metabase.url as http://host:port.");
        }
        return new MetabaseClient(URI.create(url));
    }

    /** @param waitSeconds for tables to appear */
    DashboardServer server(MetabaseClient client, int waitSeconds) {
        URI trino = config.text(METABASE_TRINO_URL).isBlank()
                ? new Servers(config).trino()
                : ServerAddress.of(config, METABASE_TRINO_URL, List.of("http", "https"), 8080);
        Credentials credentials = Credentials.read(
                environment,
                config.text(METABASE_CREDENTIALS).isBlank()
                        ? Optional.empty()
                        : Optional.of(config.path(METABASE_CREDENTIALS)));
        return new DashboardServer(
                client,
                credentials,
                TrinoConnection.of(config.text(METABASE_CONNECTION), trino, config.text(TRINO_USER)),
                new SyncWait(LOOK, Math.max(1, (int) (waitSeconds / LOOK.toSeconds()))));
    }
}
