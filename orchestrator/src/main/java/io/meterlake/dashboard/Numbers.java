package io.meterlake.dashboard;

import java.util.Locale;

/** Which numbers a card shows. */
public enum Numbers {
    /** The lake as it is, which the next file changes. */
    LIVE("the lake as it is now"),
    /** The published models: corrected, of one snapshot, and not signed. */
    PROVISIONAL("published models, not signed"),
    /** What reports say of themselves; each row names its status. */
    SIGNED("reports and their status");

    private final String meaning;

    Numbers(String meaning) {
        this.meaning = meaning;
    }

    /** As in the files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }
}
