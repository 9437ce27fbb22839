package io.meterlake.writer.commit;

import io.meterlake.reading.Reject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All that is wrong with one line of a file. A file of millions of records may be one line. */
final class LineRejects {
    /** In characters; what comes after them is left out. */
    private static final int LONGEST = 8192;

    private LineRejects() {}

    /** As one reject, with the first one's raw text: what they say, each thing once and in the order of their coming. */
    static Reject asOne(List<Reject> ofLine) {
        Reject first = ofLine.getFirst();
        return ofLine.size() == 1
                ? first
                : new Reject(
                        first.line(),
                        joined(ofLine, Reject::field, ", "),
                        joined(ofLine, Reject::reason, "; "),
                        joined(ofLine, Reject::hint, "; "),
                        first.rawText());
    }

    private static String joined(List<Reject> rejects, Function<Reject, String> text, String separator) {
        Set<String> texts = new LinkedHashSet<>();
        long length = 0;
        for (Reject reject : rejects) {
            String next = text.apply(reject);
            if (next.isEmpty() || texts.contains(next)) {
                continue;
            }
            length += next.length() + separator.length();
            if (length > LONGEST && !texts.isEmpty()) {
                texts.add("…");
                break;
            }
            texts.add(next);
        }
        return String.join(separator, texts);
    }
}
