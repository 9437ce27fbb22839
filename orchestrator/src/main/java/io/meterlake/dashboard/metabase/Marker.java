package io.meterlake.dashboard.metabase;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last line of a description, by which Meterlake recognises what it made. In the description and not in
 * {@code entity_id}, since Metabase's API takes one for cards only. People see it, and learn where to make a change; who
 * deletes it takes the object away from Meterlake.
 *
 * @param connection the name of the connection, so that two lakes can share a server
 * @param fingerprint of the state that was applied last: what differs from it was edited by hand. {@value #UNFINISHED} if
 *     the apply has not ended
 */
record Marker(String connection, ObjectKey key, String fingerprint) {
    static final String UNFINISHED = "unfinished";

    private static final Pattern LINE = Pattern.compile(
            "(?m)^Kept as a file by Meterlake \\(connection (.+)\\): (\\S+) \\[([0-9a-f]{12}|unfinished)]\\s*$");

    /** A description that ends in the line. */
    String append(String description) {
        String line = "Kept as a file by Meterlake (connection %s): %s [%s]"
                .formatted(connection, key.kind().file(key.slug()), fingerprint);
        return description.isEmpty() ? line : description + "\n\n" + line;
    }

    /** The line in a description; nothing if it has none, or one of another connection or kind. */
    static Optional<Marker> find(String connection, Kind kind, String description) {
        Matcher line = LINE.matcher(description);
        while (line.find()) {
            String file = line.group(2);
            String prefix = kind.file("");
            Optional<String> slug = slug(kind, file);
            if (line.group(1).equals(connection) && !prefix.equals(file) && slug.isPresent()) {
                return Optional.of(new Marker(connection, new ObjectKey(kind, slug.get()), line.group(3)));
            }
        }
        return Optional.empty();
    }

    /** Whether any lake's line is in a description. */
    static boolean isIn(String description) {
        return LINE.matcher(description).find();
    }

    /** A description without such lines. */
    static String without(String description) {
        return LINE.matcher(description).replaceAll("").strip();
    }

    private static Optional<String> slug(Kind kind, String file) {
        String[] around = kind.file("\n").split("\n", -1);
        boolean fits = file.startsWith(around[0])
                && file.endsWith(around[1])
                && file.length() > around[0].length() + around[1].length();
        return fits
                ? Optional.of(file.substring(around[0].length(), file.length() - around[1].length()))
                : Optional.empty();
    }
}
