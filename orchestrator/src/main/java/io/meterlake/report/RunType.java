package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INVALID_RUN_TYPE;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Which settlement run of a period a report is. In the order in which markets make them; none has to be made. */
public enum RunType {
    INITIAL("initial"),
    FIRST_CORRECTION("first-correction"),
    SECOND_CORRECTION("second-correction"),
    THIRD_CORRECTION("third-correction"),
    FOURTH_CORRECTION("fourth-correction"),
    FIFTH_CORRECTION("fifth-correction"),
    FINAL("final"),
    /** After the final one, when a partner disputes it: Great Britain's DF run. */
    DISPUTE("dispute");

    private final String word;

    RunType(String word) {
        this.word = word;
    }

    /** As it is written in commands, file names and tables. */
    public String word() {
        return word;
    }

    /** All of them, in their order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(RunType::word).toList();
    }

    /**
     * Refuses what is none: a slip of the keyboard would begin a settlement run of its own.
     *
     * @throws MeterlakeException {@code INVALID_RUN_TYPE}
     */
    static void require(String word) {
        Collection<String> known = words();
        if (!known.contains(word)) {
            throw new MeterlakeException(
                    INVALID_RUN_TYPE,
                    "Cannot use the run type '" + word + "': there is none of this name"
                            + DidYouMean.question(word, known),
                    "Use one of " + String.join(", ", known) + ".");
        }
    }
}
