package io.meterlake.cli;

import static io.meterlake.config.ConfigErrorCode.INVALID_CONFIG;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.MeterlakeException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a server's address as a setting has it: {@code scheme://host:port}, and nothing left to guess. */
final class ServerAddress {
    private ServerAddress() {}

    /**
     * The address of a setting that is not empty.
     *
     * @param schemes the schemes that it may have; the first is the example's
     * @throws MeterlakeException {@code INVALID_CONFIG} naming the setting and where its value came from
     */
    static URI of(Config config, Setting setting, List<String> schemes, int port) {
        String text = config.text(setting).strip();
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null || !schemes.contains(uri.getScheme())) {
                throw invalid(config, setting, "it does not begin with " + beginnings(schemes), schemes, port);
            }
            if (uri.getHost() == null) {
                throw invalid(config, setting, "it has no host", schemes, port);
            }
            if (uri.getPort() < 1 || uri.getPort() > 65_535) {
                throw invalid(config, setting, "it has no port", schemes, port);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw invalid(config, setting, e.getReason(), schemes, port);
        }
    }

    private static String beginnings(List<String> schemes) {
        return schemes.stream().map(scheme -> scheme + "://").collect(Collectors.joining(" or "));
    }

    private static MeterlakeException invalid(
            Config config, Setting setting, String reason, List<String> schemes, int port) {
        Config.Value value = config.value(setting);
        return new MeterlakeException(
                INVALID_CONFIG,
                "Cannot use setting %s (%s): '%s' is no address: %s"
                        .formatted(setting.key(), value.origin(), value.text().strip(), reason),
                "Write %s as %s://host:%d.".formatted(setting.key(), schemes.getFirst(), port));
    }
}
