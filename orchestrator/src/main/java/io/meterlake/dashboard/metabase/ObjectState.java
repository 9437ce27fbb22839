package io.meterlake.dashboard.metabase;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What can be said of an object, as texts: the same from the files and from any release of the server, and free of the
 * server's ids. Immutable.
 *
 * @param properties by name, in the order in which people read them
 */
public record ObjectState(ObjectKey key, Map<String, String> properties) {
    public ObjectState {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Its name as people see it. */
    public String name() {
        return properties.getOrDefault("name", key.slug());
    }

    /** Twelve hexadecimal digits; the same for the same properties. */
    String fingerprint() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(properties)
                .forEach((name, value) ->
                        text.append(name).append('\0').append(value).append('\0'));
        return HexFormat.of().formatHex(sha256(text.toString().getBytes(StandardCharsets.UTF_8)), 0, 6);
    }

    /** What makes the server's state another one than this. */
    List<Difference> differencesTo(ObjectState server) {
        return Difference.between(server.properties, properties);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
