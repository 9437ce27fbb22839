package io.meterlake.retention;

import static io.meterlake.error.DidYouMean.question;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something is kept. Calendar arithmetic, in UTC: a month after 31 January is 28 or 29 February. */
public sealed interface KeepTime {
    Pattern TEXT = Pattern.compile("([0-9]{1,5})\\s+([a-z]+)(?:\\s+after\\s+([a-z_]+))?");

    /** For good. */
    record Forever() implements KeepTime {}

    /** For a time from a moment on. */
    record For(Period period, Moment from) implements KeepTime {
        public For {
            requireNonNull(period, "period is null");
            requireNonNull(from, "from is null");
        }
    }

    /** When it ends; empty: never. */
    default Optional<Instant> until(Function<Moment, Instant> times) {
        return switch (this) {
            case Forever() -> Optional.empty();
            case For(Period period, Moment from) ->
                Optional.of(
                        times.apply(from).atZone(ZoneOffset.UTC).plus(period).toInstant());
        };
    }

    /**
     * Reads {@code 35 days}, {@code 28 months after period_end} or {@code forever}.
     *
     * @param moments what it may count from; the first one is meant where none is named
     * @throws IllegalArgumentException with the reason
     */
    static KeepTime parse(String text, List<Moment> moments) {
        if (text.strip().equals("forever")) {
            return new Forever();
        }
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'%s' is no time: write such as 35 days, 28 months after %s, or forever"
                    .formatted(text, moments.getLast().word()));
        }
        int amount = Integer.parseInt(matcher.group(1));
        return new For(period(amount, matcher.group(2)), moment(matcher.group(3), moments));
    }

    private static Period period(int amount, String unit) {
        return switch (unit) {
            case "day", "days" -> Period.ofDays(amount);
            case "month", "months" -> Period.ofMonths(amount);
            case "year", "years" -> Period.ofYears(amount);
            default ->
                throw new IllegalArgumentException(
                        "unknown unit " + unit + question(unit, List.of("days", "months", "years")));
        };
    }

    private static Moment moment(@org.jspecify.annotations.Nullable String word, List<Moment> moments) {
        if (word == null) {
            return moments.getFirst();
        }
        return moments.stream()
                .filter(moment -> moment.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing here counts after " + word
                        + question(word, Moment.words(moments)) + " (it may be "
                        + String.join(", ", Moment.words(moments)) + ")"));
    }
}
