package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.METABASE_TOO_OLD;

import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.error.MeterlakeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Metabase a server is. {@code v0.57.3} is open source, {@code v1.57.3} the same with paid features.
 *
 * @param tag as the server says it
 */
record Release(String tag) {
    /** The first one whose API is spoken here, and that has archived things come back from its trash. */
    private static final int OLDEST = 50;

    private static final Pattern TAG = Pattern.compile("v?[01]\\.(\\d+).*");

    /** @throws MeterlakeException {@code METABASE_TOO_OLD} */
    static Release read(JsonNode properties) {
        Release release = new Release(properties.path("version").path("tag").asText("unknown"));
        Matcher tag = TAG.matcher(release.tag);
        // A build of somebody's own has another tag; it is not for us to refuse it.
        if (tag.matches() && tag.group(1).length() < 6 && Integer.parseInt(tag.group(1)) < OLDEST) {
            throw new MeterlakeException(
                    METABASE_TOO_OLD,
                    "Cannot use Metabase " + release.tag + ": its API is older than that of 0." + OLDEST,
                    "Take Metabase 0.55 or later, which brings the driver for Trino with it.");
        }
        return release;
    }
}
