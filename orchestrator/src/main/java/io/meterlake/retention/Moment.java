package io.meterlake.retention;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a time of keeping counts from. */
public enum Moment {
    /** The making of the snapshot or the report. */
    CREATED,
    /** The end of the period that a report is about: the day after its last, 00:00 UTC. */
    PERIOD_END,
    /** The signature of a report. */
    SIGNED,
    /** The signature of the report that took its place. */
    SUPERSEDED;

    /** As it is written in the policy. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words(List<Moment> moments) {
        return moments.stream().map(Moment::word).toList();
    }

    static List<Moment> all() {
        return Arrays.asList(values());
    }
}
