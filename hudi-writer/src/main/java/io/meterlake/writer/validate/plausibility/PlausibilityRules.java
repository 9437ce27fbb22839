package io.meterlake.writer.validate.plausibility;

import static java.util.Objects.requireNonNull;

import io.meterlake.reading.ReadingSink;
import java.util.List;

/** The rules whose readings are rejected, in the order in which they are asked. Immutable. */
public record PlausibilityRules(List<PlausibilityRule> rules, KnownMeters meters) {
    /** Everything is plausible. */
    public static final PlausibilityRules NONE = new PlausibilityRules(List.of(), KnownMeters.NONE);

    public PlausibilityRules {
        rules = List.copyOf(rules);
        requireNonNull(meters, "meters is null");
    }

    /** Those for files of a utility. */
    public PlausibilityRules of(String utility) {
        return new PlausibilityRules(
                rules.stream().filter(rule -> rule.isForUtility(utility)).toList(), meters);
    }

    /** What stands before a sink of one file's readings: the sink itself if there is nothing to check. */
    public ReadingSink before(ReadingSink sink) {
        return rules.isEmpty() ? sink : new PlausibilityCheck(this, sink);
    }
}
