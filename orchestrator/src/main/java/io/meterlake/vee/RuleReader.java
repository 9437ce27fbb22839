package io.meterlake.vee;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import io.meterlake.writer.validate.plausibility.Limit;
import io.meterlake.writer.validate.plausibility.PlausibilityRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one rule of {@code vee_rules}; all that is wrong becomes a problem. */
final class RuleReader {
    private static final List<String> KEYS = List.of("name", "check", "severity", "utility", "meter_class", "channels");
    private static final String WARN = "warn";
    private static final String REJECT = "reject";

    private final YamlMapping rule;
    private final Problems problems;

    RuleReader(YamlMapping rule, Problems problems) {
        this.rule = rule;
        this.problems = problems;
    }

    /** The rule, if its readings are to be rejected. */
    Optional<PlausibilityRule> read() {
        Optional<String> name = rule.required("name");
        Optional<RuleCheck> check = rule.required("check").flatMap(this::check);
        Optional<String> severity = rule.required("severity");
        if (name.isEmpty() || check.isEmpty() || severity.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(check.get().limits());
        rule.refuseUnknownKeys("rule " + name.get(), known);
        Optional<Limit> limit = limit(check.get());
        if (!List.of(WARN, REJECT).contains(severity.get())) {
            problem("severity", "'%s' is neither warn nor reject".formatted(severity.get()));
            return Optional.empty();
        }
        if (severity.get().equals(WARN)) {
            return Optional.empty();
        }
        if (!check.get().canReject()) {
            problem(
                    "severity",
                    "%s needs the meter's history, which an ingest does not read: it can only warn"
                            .formatted(check.get().word()));
        }
        return limit.map(allowed -> new PlausibilityRule(
                name.get(),
                allowed,
                rule.text("utility"),
                rule.text("meter_class"),
                Set.copyOf(rule.texts("channels"))));
    }

    private Optional<RuleCheck> check(String word) {
        Optional<RuleCheck> check = RuleCheck.of(word);
        if (check.isEmpty()) {
            problem("check", "there is no check '%s'%s".formatted(word, question(word, RuleCheck.words())));
        }
        return check;
    }

    /** Empty if it is wrong, or needs the meter's history. */
    private Optional<Limit> limit(RuleCheck check) {
        return switch (check) {
            case NEGATIVE -> Optional.of(new Limit.NotNegative());
            case OVERLAP -> Optional.of(new Limit.NoOverlap());
            case DUPLICATE -> Optional.of(new Limit.NoDuplicate());
            case FROZEN -> whole("intervals", 2).map(Limit.NotFrozen::new);
            // Without one, only meters whose own fuse is known are checked.
            case ABOVE_FUSE ->
                Optional.of(new Limit.FuseRating(rule.has("max_kw") ? decimal("max_kw") : Optional.empty()));
            case GAP -> {
                whole("min_minutes", 1);
                yield Optional.empty();
            }
            case SPIKE -> {
                decimal("factor");
                whole("history_days", 3);
                yield Optional.empty();
            }
        };
    }

    private Optional<Integer> whole(String key, int least) {
        try {
            int number = Integer.parseInt(rule.text(key).orElse(""));
            if (number >= least) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Told as one that is too small.
        }
        problem(key, "it is not a whole number of %d or more".formatted(least));
        return Optional.empty();
    }

    private Optional<BigDecimal> decimal(String key) {
        try {
            BigDecimal number = new BigDecimal(rule.text(key).orElse(""));
            if (number.signum() > 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Told as one that is too small.
        }
        problem(key, "it is not a number above 0");
        return Optional.empty();
    }

    private void problem(String key, String reason) {
        problems.add(rule.location(key), key + ": " + reason);
    }
}
