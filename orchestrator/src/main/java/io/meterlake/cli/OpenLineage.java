package io.meterlake.cli;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lineage.openlineage.Ancestry;
import io.meterlake.lineage.openlineage.EventLog;
import io.meterlake.lineage.openlineage.EventTransport;
import io.meterlake.lineage.openlineage.FileTransport;
import io.meterlake.lineage.openlineage.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenLineage events as the settings want them; off unless there is a file or a server to send them to. */
final class OpenLineage {
    static final String API_KEY = "METERLAKE_OPENLINEAGE_API_KEY";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private OpenLineage() {}

    private static boolean isOn(Config config) {
        return !config.text(Setting.OPENLINEAGE_URL).isBlank()
                || !config.text(Setting.OPENLINEAGE_FILE).isBlank();
    }

    /** @param project the SQL project's name */
    static Optional<EventLog> log(CommandContext context, Config config, String project) {
        if (!isOn(config)) {
            return Optional.empty();
        }
        List<EventTransport> transports = new ArrayList<>();
        if (!config.text(Setting.OPENLINEAGE_FILE).isBlank()) {
            transports.add(new FileTransport(config.path(Setting.OPENLINEAGE_FILE)));
        }
        String url = config.text(Setting.OPENLINEAGE_URL);
        if (!url.isBlank()) {
            transports.add(http(url, context.environment().getOrDefault(API_KEY, "")));
        }
        URI trino = new Servers(config).trino();
        return Optional.of(new EventLog(
                transports,
                "meterlake." + project,
                "trino://" + trino.getHost() + ":" + trino.getPort(),
                config.text(Setting.LAKE_DATABASE),
                Ancestry.of(context.environment(), context.console()::note),
                context.console()::note));
    }

    private static EventTransport http(String url, String apiKey) {
        try {
            return new HttpTransport(url, apiKey, TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new MeterlakeException(
                    INVALID_CONFIG,
                    "Cannot send OpenLineage events to '%s': it is no http address".formatted(url),
                    "Write lineage.openlineage.url as http://host:port.",
                    e);
        }
    }
}
