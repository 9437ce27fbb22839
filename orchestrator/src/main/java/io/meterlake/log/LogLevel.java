package io.meterlake.log;

import java.util.Locale;

/** How much an event matters. */
public enum LogLevel {
    INFO,
    WARNING,
    ERROR;

    /** As it stands in logs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LogLevel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
