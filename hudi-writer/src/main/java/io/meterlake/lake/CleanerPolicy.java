package io.meterlake.lake;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the cleaner leaves files that later commits replaced, for the queries that still read them. Files of
 * snapshots stay under any policy. Immutable.
 */
public sealed interface CleanerPolicy {
    Pattern TEXT = Pattern.compile("\\s*([0-9]{1,6})\\s*([a-z]+)\\s*");

    /** Replaced files stay for some hours. */
    record Hours(int hours) implements CleanerPolicy {
        public Hours {
            check(hours, hours + " hours");
        }

        @Override
        public String text() {
            return hours % 24 == 0 ? count(hours / 24, "day") : count(hours, "hour");
        }
    }

    /** What a reader of one of the newest commits needs stays. */
    record Commits(int commits) implements CleanerPolicy {
        public Commits {
            check(commits, commits + " commits");
        }

        @Override
        public String text() {
            return count(commits, "commit");
        }
    }

    /** The newest versions of each file stay; 1 is the most aggressive policy: only what a new reader sees. */
    record Versions(int versions) implements CleanerPolicy {
        public Versions {
            check(versions, versions + " versions");
        }

        @Override
        public String text() {
            return count(versions, "version");
        }
    }

    /** As it is written in the settings: {@code 14 days}, {@code 36 hours}, {@code 20 commits}, {@code 1 version}. */
    String text();

    /**
     * Reads what {@link #text} writes.
     *
     * @throws MeterlakeException {@code INVALID_LAKE_CONFIG}
     */
    static CleanerPolicy parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "it is not a number and a unit");
        }
        int amount = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "hour", "hours" -> new Hours(amount);
            case "day", "days" -> new Hours(Math.multiplyExact(amount, 24));
            case "commit", "commits" -> new Commits(amount);
            case "version", "versions" -> new Versions(amount);
            default ->
                throw invalid(
                        text,
                        "there is no unit " + matcher.group(2)
                                + DidYouMean.question(
                                        matcher.group(2), List.of("hours", "days", "commits", "versions")));
        };
    }

    private static void check(int amount, String text) {
        if (amount < 1) {
            // By hours, Hudi looks for the first commit after this moment, finds none, and never cleans anything.
            throw invalid(text, "it is less than 1");
        }
    }

    private static String count(int amount, String unit) {
        return amount + " " + unit + (amount == 1 ? "" : "s");
    }

    private static MeterlakeException invalid(String text, String reason) {
        return new MeterlakeException(
                LakeErrorCode.INVALID_LAKE_CONFIG,
                "Cannot use '" + text + "' as the cleaner's policy: " + reason,
                "Write how long replaced files stay, such as 14 days, 36 hours, 20 commits or 1 version");
    }
}
