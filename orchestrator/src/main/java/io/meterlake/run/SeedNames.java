package io.meterlake.run;

import io.meterlake.project.Relation;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the tables of seeds, in lower case, as the metastore keeps them. For the seed {@code regions}:
 *
 * <ul>
 *   <li>{@code regions__0123456789ab} holds the content of that checksum, whole;
 *   <li>{@code regions__0123456789ab__20260201_030000_00012_abcde__making} is being filled by the load of that number, or
 *       was when the load was cut off. Nobody reads it.
 * </ul>
 */
public final class SeedNames {
    static final int CHECKSUM_DIGITS = 12;

    private static final String SEPARATOR = "__";
    private static final String MAKING = "__making";
    private static final Pattern WHOLE = Pattern.compile("(.+)__[0-9a-f]{" + CHECKSUM_DIGITS + "}");
    private static final Pattern UNFINISHED =
            Pattern.compile("(.+)__[0-9a-f]{" + CHECKSUM_DIGITS + "}__[0-9a-z_]+" + MAKING);

    private SeedNames() {}

    /** The immutable table of a content. */
    static Relation whole(Relation seed, String checksum) {
        return seed.withIdentifier(seed.identifier() + SEPARATOR + checksum);
    }

    /**
     * The table that a load fills.
     *
     * @param table as {@link #whole} names it
     * @param load tells it from all other loads
     */
    static Relation unfinished(Relation table, String load) {
        return table.withIdentifier((table.identifier() + SEPARATOR + load + MAKING).toLowerCase(Locale.ROOT));
    }

    /** The name of the seed whose immutable table this is; empty if it is none. */
    public static Optional<String> seedOfWhole(String table) {
        return seed(WHOLE, table);
    }

    /** The name of the seed of which this is a table that is being filled, or was; empty if it is none. */
    public static Optional<String> seedOfUnfinished(String table) {
        return seed(UNFINISHED, table);
    }

    private static Optional<String> seed(Pattern pattern, String table) {
        Matcher matcher = pattern.matcher(table);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
