package io.meterlake.dashboard.preview;

import io.meterlake.json.JsonDocuments;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer over HTTP. */
@SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
record Reply(int status, String type, byte[] body) {
    static Reply text(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(int status, Object value) {
        return new Reply(
                status, "application/json", JsonDocuments.compact(value).getBytes(StandardCharsets.UTF_8));
    }

    /** What went wrong and how to mend it, for the page to show. */
    static Reply error(int status, String message, String hint) {
        return json(status, Map.of("error", message, "fix", hint));
    }
}
