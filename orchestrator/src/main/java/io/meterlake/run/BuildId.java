package io.meterlake.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the immutable tables behind the published views: {@code fct_x__20260201030000123}. */
final class BuildId {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern BUILD = Pattern.compile("(.+)__([0-9]{17})");

    private BuildId() {}

    static String of(Instant start) {
        return FORMAT.format(start);
    }

    static String tableName(String published, String buildId) {
        return published + "__" + buildId;
    }

    /** The build id in a table's name, if it is a build of the published name. */
    static Optional<String> in(String tableName, String published) {
        Matcher matcher = BUILD.matcher(tableName);
        return matcher.matches() && matcher.group(1).equalsIgnoreCase(published)
                ? Optional.of(matcher.group(2))
                : Optional.empty();
    }
}
