package io.meterlake.writer.upsert;

import io.meterlake.reading.Reject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rejects of a file: the first ones, and how many there were. A file of millions of records that a wrong mapping rejects
 * one by one takes no more memory than this, and one row tells of those that are not kept. Not thread-safe.
 */
final class KeptRejects {
    /** A record that is longer than this was not split where it should have been; its beginning tells as much. */
    private static final int LONGEST_RAW_TEXT = 8192;
    /** What a reject takes besides its texts until it is written, mostly as a record of Hudi's. */
    private static final int BYTES_A_REJECT = 2048;

    private static final int MOST = 100_000;
    private static final long MOST_TEXT = 64L << 20;

    private final List<Reject> kept = new ArrayList<>();
    private final int most;
    private long textBytes;
    private final Set<Long> keptLines = new HashSet<>();
    private @Nullable Reject firstFurther;
    private long further;
    private long lastFurtherLine = Long.MIN_VALUE;

    KeptRejects() {
        this(MOST);
    }

    /** @param most how many are kept */
    KeptRejects(int most) {
        this.most = most;
    }

    void add(Reject reject) {
        if (firstFurther == null && kept.size() < most && textBytes < MOST_TEXT) {
            Reject cut = cut(reject);
            kept.add(cut);
            keptLines.add(cut.line());
            textBytes += (long) cut.field().length()
                    + cut.reason().length()
                    + cut.hint().length()
                    + cut.rawText().length();
            return;
        }
        if (reject.line() != lastFurtherLine && !keptLines.contains(reject.line())) {
            if (firstFurther == null) {
                firstFurther = cut(reject);
            }
            further++;
            lastFurtherLine = reject.line();
        }
    }

    private static Reject cut(Reject reject) {
        String raw = reject.rawText();
        return raw.length() <= LONGEST_RAW_TEXT
                ? reject
                : new Reject(
                        reject.line(),
                        reject.field(),
                        reject.reason(),
                        reject.hint(),
                        raw.substring(0, LONGEST_RAW_TEXT) + "…");
    }

    /** In the order of their coming; one at the end for all that are not kept. */
    List<Reject> all() {
        if (firstFurther == null) {
            return Collections.unmodifiableList(kept);
        }
        List<Reject> all = new ArrayList<>(kept);
        all.add(new Reject(
                firstFurther.line(),
                "",
                further + " more were rejected from here on, which the lake does not keep one by one; this one: "
                        + firstFurther.reason(),
                "Mend what the first " + kept.size()
                        + " have in common (the mapping?), and run `./meterlake rejects retry` with the file",
                firstFurther.rawText()));
        return all;
    }

    /**
     * Of how many records something was rejected: a line is one, whatever is wrong with it. Of lines that are not kept, rejects
     * that follow each other are counted once.
     */
    long records() {
        return keptLines.size() + further;
    }

    /** The memory that they take, roughly. */
    long bytes() {
        return textBytes + (long) BYTES_A_REJECT * kept.size();
    }
}
