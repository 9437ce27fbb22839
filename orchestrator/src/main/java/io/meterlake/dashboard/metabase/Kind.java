package io.meterlake.dashboard.metabase;

import java.util.Locale;

/** What is kept on the server, in the order in which one needs the other. */
public enum Kind {
    COLLECTION("collections.yml#", ""),
    CARD("cards/", ".yml"),
    DASHBOARD("dashboards/", ".yml");

    private final String prefix;
    private final String suffix;

    Kind(String prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** For people, and in the API's paths. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where one of that slug is written, below the folder {@code metabase/}. */
    String file(String slug) {
        return prefix + slug + suffix;
    }
}
