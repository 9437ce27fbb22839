package io.meterlake.engine;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where Trino is and who asks.
 *
 * @param url {@code http://host:port} or {@code https://host:port}
 * @param access what proves who asks; nothing but over TLS
 * @param tags shown with each query in Trino's own interface
 */
public record TrinoSettings(URI url, String user, TrinoAccess access, List<String> tags) {
    public TrinoSettings {
        tags = List.copyOf(tags);
        if (url.getHost() == null) {
            throw new IllegalArgumentException("Cannot use Trino's address '" + url + "': it has no host");
        }
        if (!(access.login() instanceof TrinoAccess.Login.None) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException(
                    "Cannot send %s to %s: everybody on the way could read it".formatted(access.login(), url));
        }
    }

    /** A Trino that asks nobody for a proof. */
    public TrinoSettings(URI url, String user, List<String> tags) {
        this(url, user, TrinoAccess.NONE, tags);
    }

    /** The same Trino, with further tags. */
    public TrinoSettings tagged(String... more) {
        return new TrinoSettings(
                url, user, access, Stream.concat(tags.stream(), Stream.of(more)).toList());
    }

    String jdbcUrl() {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        return "jdbc:trino://" + url.getHost() + ":" + port;
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("source", "meterlake");
        // Every time is UTC, wherever the command runs.
        properties.setProperty("timezone", "UTC");
        properties.setProperty("clientTags", String.join(",", tags));
        properties.setProperty("SSL", Boolean.toString("https".equals(url.getScheme())));
        access.addTo(properties);
        return properties;
    }
}
