package io.meterlake.cli;

import java.util.Locale;

/** How a result is printed. */
enum OutputFormat {
    TABLE,
    CSV,
    JSON;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
