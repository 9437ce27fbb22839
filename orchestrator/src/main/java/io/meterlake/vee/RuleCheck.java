package io.meterlake.vee;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rule looks at, as its key {@code check} names it. */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
enum RuleCheck {
    NEGATIVE(true),
    ABOVE_FUSE(true, "max_kw"),
    FROZEN(true, "intervals"),
    OVERLAP(true),
    DUPLICATE(true),
    GAP(false, "min_minutes"),
    SPIKE(false, "factor", "history_days");

    private final boolean canReject;
    private final List<String> limits;

    /** @param canReject whether a file alone shows it, so that an ingest can refuse the reading */
    RuleCheck(boolean canReject, String... limits) {
        this.canReject = canReject;
        this.limits = List.of(limits);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean canReject() {
        return canReject;
    }

    /** The keys of its limits. */
    List<String> limits() {
        return limits;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(RuleCheck::word).toList();
    }

    static Optional<RuleCheck> of(String word) {
        return Arrays.stream(values())
                .filter(check -> check.word().equals(word))
                .findFirst();
    }
}
