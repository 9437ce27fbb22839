package io.meterlake.retention;

import static java.util.Objects.requireNonNull;

/**
 * How long snapshots are kept, and what reports were made from. What a policy does not mention is kept for good.
 *
 * @param runs of runs that published; the newest one stays always
 * @param failedRuns of runs that failed or were cut off before they were written down
 * @param manual those that somebody made by hand
 * @param drafts those of reports that nobody has signed, and those that a report in the making has
 * @param signed those of signed reports
 * @param superseded those of reports whose place a later one took
 */
public record RetentionPolicy(
        Rule runs, Rule failedRuns, Rule manual, KeepTime drafts, KeepTime signed, KeepTime superseded) {
    public RetentionPolicy {
        requireNonNull(runs, "runs is null");
        requireNonNull(failedRuns, "failedRuns is null");
        requireNonNull(manual, "manual is null");
        requireNonNull(drafts, "drafts is null");
        requireNonNull(signed, "signed is null");
        requireNonNull(superseded, "superseded is null");
    }

    /**
     * What holds for one kind of snapshot.
     *
     * @param atLeast so many of the newest stay, however old they are
     */
    public record Rule(KeepTime keep, int atLeast) {
        static final Rule FOREVER = new Rule(new KeepTime.Forever(), 0);

        public Rule {
            requireNonNull(keep, "keep is null");
        }
    }
}
