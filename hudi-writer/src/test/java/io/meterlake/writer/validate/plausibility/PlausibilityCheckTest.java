package io.meterlake.writer.validate.plausibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausibilityCheckTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Grade ACTUAL = new Grade(Quality.ACTUAL, "");
    private static final String NOON = "2026-03-01T12:00:00Z";

    private final ReadingBuffer passed = new ReadingBuffer();
    private ReadingSink sink = passed;
    private long line;

    private static PlausibilityRule rule(String name, Limit limit) {
        return new PlausibilityRule(name, limit, Optional.empty(), Optional.empty(), Set.of());
    }

    private void checkedBy(PlausibilityRule... rules) {
        sink = new PlausibilityRules(List.of(rules), KnownMeters.NONE).before(passed);
    }

    private void push(Series series, String start, String value, Grade grade) {
        long scaled = value.isEmpty()
                ? ReadingSink.NO_VALUE
                : new BigDecimal(value).movePointRight(ReadingSink.VALUE_SCALE).longValueExact();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(start));
        sink.reading(sink.series(series), micros, scaled, sink.grade(grade), ReadingSink.NO_TIME, ++line);
    }

    private void push(int minutes, String start, String value) {
        push(new Series("M1", "E1", "kWh", minutes, BERLIN), start, value, ACTUAL);
    }

    private Reject onlyReject() {
        assertThat(passed.rejects()).hasSize(1);
        return passed.rejects().getFirst();
    }

    @Test
    void isNotThereWithoutRules() {
        assertThat(PlausibilityRules.NONE.before(passed)).isSameAs(passed);
    }

    @Test
    void rejectsANegativeValueWithLineFieldValueReasonAndHint() {
        checkedBy(rule("not-negative", new Limit.NotNegative()));
        push(15, NOON, "0");
        push(15, "2026-03-01T12:15:00Z", "-0.000001");

        assertThat(passed.size()).isEqualTo(1);
        Reject reject = onlyReject();
        assertThat(reject.line()).isEqualTo(2);
        assertThat(reject.field()).isEqualTo("value");
        assertThat(reject.reason()).isEqualTo("rule not-negative: -0.000001 kWh is below zero");
        assertThat(reject.hint()).isNotEmpty();
        assertThat(reject.rawText())
                .isEqualTo("meter M1, channel E1, start 2026-03-01T12:15:00Z, 15 minutes, value -0.000001 kWh");
    }

    @ParameterizedTest
    @CsvSource({
        // 43.7 kW for a quarter of an hour are 10.925 kWh.
        "kWh, 15, 10.925, true",
        "kWh, 15, 10.925001, false",
        "kwh, 30, 21.85, true",
        "kWh, 30, 21.850001, false",
        "Wh, 15, 10925, true",
        "WH, 15, 10925.000001, false",
        "MWh, 60, 0.0437, true",
        "MWh, 60, 0.043701, false",
        "kWh, 15, -10.925001, false",
        "kWh, 7, 5.098333, true",
        "kWh, 7, 5.098334, false",
        "kVArh, 15, 999, true",
        "GWh, 1440, 0.001048, true",
        "GWh, 1440, 0.001049, false",
    })
    void knowsWhatAFuseLetsThroughExactlyInEachUnitAndLength(String unit, int minutes, String value, boolean passes) {
        checkedBy(rule("fuse", new Limit.FuseRating(Optional.of(new BigDecimal("43.7")))));
        push(new Series("M1", "E1", unit, minutes, BERLIN), NOON, value, ACTUAL);

        assertThat(passed.size()).isEqualTo(passes ? 1 : 0);
        assertThat(passed.rejects()).hasSize(passes ? 0 : 1);
    }

    @Test
    void takesTheFuseOfTheMeterItselfBeforeThatOfTheRuleAndChecksNobodyWithout() {
        KnownMeters.Meter large = new KnownMeters.Meter(Optional.of("factory"), Optional.of(new BigDecimal("630")));
        sink = new PlausibilityRules(
                        List.of(rule("fuse", new Limit.FuseRating(Optional.empty()))),
                        new KnownMeters(Map.of("M1", large)))
                .before(passed);
        push(60, NOON, "600");
        push(new Series("M2", "E1", "kWh", 60, BERLIN), NOON, "6000", ACTUAL);
        push(60, "2026-03-01T13:00:00Z", "631");

        assertThat(passed.size()).isEqualTo(2);
        assertThat(onlyReject().reason())
                .isEqualTo("rule fuse: 631 kWh in 60 minutes is more than the 630 kW of the fuse");
    }

    @Test
    void asksOnlyThoseWhomARuleIsFor() {
        KnownMeters.Meter household = new KnownMeters.Meter(Optional.of("household"), Optional.empty());
        PlausibilityRule rule = new PlausibilityRule(
                "r", new Limit.NotNegative(), Optional.of("north"), Optional.of("household"), Set.of("E1"));
        PlausibilityRules rules = new PlausibilityRules(List.of(rule), new KnownMeters(Map.of("M1", household)));

        assertThat(rules.of("south").before(passed)).isSameAs(passed);
        sink = rules.of("north").before(passed);
        push(15, NOON, "-1");
        push(new Series("M1", "NET", "kWh", 15, BERLIN), NOON, "-1", ACTUAL);
        push(new Series("M2", "E1", "kWh", 15, BERLIN), NOON, "-1", ACTUAL);
        assertThat(passed.size()).isEqualTo(2);
        assertThat(passed.rejects()).hasSize(1);
    }

    @Test
    void rejectsFromTheFirstEqualValueOnThatIsTooMany() {
        checkedBy(rule("frozen", new Limit.NotFrozen(3)));
        push(15, "2026-03-01T12:00:00Z", "1.5");
        push(15, "2026-03-01T12:15:00Z", "1.5");
        push(15, "2026-03-01T12:30:00Z", "1.5");
        push(15, "2026-03-01T12:45:00Z", "1.5");
        push(15, "2026-03-01T13:00:00Z", "1.6");
        push(15, "2026-03-01T13:15:00Z", "1.5");

        assertThat(passed.size()).isEqualTo(4);
        assertThat(passed.rejects()).extracting(Reject::line).containsExactly(3L, 4L);
        assertThat(passed.rejects().getLast().reason())
                .isEqualTo("rule frozen: 1.5 kWh is the 4th equal value in a row, and 3 are too many");
    }

    @Test
    void countsDailyValuesOnAcrossTheDaysOf23HoursAndOf25() {
        checkedBy(
                rule("frozen", new Limit.NotFrozen(3)),
                rule("fuse", new Limit.FuseRating(Optional.of(new BigDecimal("10")))));
        push(1440, "2026-03-27T23:00:00Z", "230");
        push(1440, "2026-03-28T23:00:00Z", "230");
        push(1440, "2026-03-29T22:00:00Z", "230");
        push(1440, "2026-03-28T23:00:00Z", "230.000001");
        push(1440, "2026-10-24T22:00:00Z", "250");
        push(1440, "2026-10-24T22:00:00Z", "250.000001");

        assertThat(passed.rejects()).extracting(Reject::line).containsExactly(3L, 4L, 6L);
        assertThat(passed.rejects())
                .extracting(Reject::reason)
                .containsExactly(
                        "rule frozen: 230 kWh is the 3th equal value in a row, and 3 are too many",
                        "rule fuse: 230.000001 kWh in 1380 minutes is more than the 10 kW of the fuse",
                        "rule fuse: 250.000001 kWh in 1500 minutes is more than the 10 kW of the fuse");
    }

    @Test
    void holdsNeitherZerosNorValuesBeyondAGapFrozen() {
        checkedBy(rule("frozen", new Limit.NotFrozen(2)));
        push(15, "2026-03-01T12:00:00Z", "0");
        push(15, "2026-03-01T12:15:00Z", "0");
        push(15, "2026-03-01T12:30:00Z", "2");
        push(15, "2026-03-01T13:00:00Z", "2");
        push(15, "2026-03-01T13:15:00Z", "");
        push(15, "2026-03-01T13:30:00Z", "");

        assertThat(passed.rejects()).isEmpty();
    }

    @Test
    void rejectsAnIntervalThatItsFileHadBefore() {
        checkedBy(rule("once", new Limit.NoDuplicate()));
        push(15, NOON, "1");
        push(15, "2026-03-01T11:45:00Z", "2");
        push(15, NOON, "3");
        // Another meter's is another one.
        push(new Series("M2", "E1", "kWh", 15, BERLIN), NOON, "3", ACTUAL);
        // It lies within, which is another rule's business.
        push(5, "2026-03-01T12:05:00Z", "4");

        assertThat(passed.size()).isEqualTo(4);
        assertThat(onlyReject().line()).isEqualTo(3);
        assertThat(onlyReject().field()).isEqualTo("interval_start");
    }

    @ParameterizedTest
    @CsvSource({
        "15, 2026-03-01T12:00:00Z, 30, 2026-03-01T11:30:00Z, true",
        "15, 2026-03-01T12:00:00Z, 30, 2026-03-01T12:15:00Z, true",
        "15, 2026-03-01T12:15:00Z, 30, 2026-03-01T12:00:00Z, false",
        "30, 2026-03-01T12:00:00Z, 5, 2026-03-01T12:25:00Z, false",
        "30, 2026-03-01T12:00:00Z, 5, 2026-03-01T12:30:00Z, true",
        "30, 2026-03-01T12:00:00Z, 30, 2026-03-01T12:00:00Z, true",
        "90, 2026-03-01T12:10:00Z, 90, 2026-03-01T13:40:00Z, true",
        "90, 2026-03-01T12:10:00Z, 90, 2026-03-01T13:39:00Z, false",
        "1440, 2026-03-01T23:00:00Z, 60, 2026-03-02T10:00:00Z, false",
        // The last Sunday of March has 23 hours, and the last one of October 25.
        "1440, 2026-03-28T23:00:00Z, 1440, 2026-03-29T22:00:00Z, true",
        "1440, 2026-10-24T22:00:00Z, 1440, 2026-10-25T23:00:00Z, true",
        "1440, 2026-03-29T22:00:00Z, 1440, 2026-03-28T23:00:00Z, true",
        "1440, 2026-03-28T23:00:00Z, 60, 2026-03-29T21:00:00Z, false",
        "1440, 2026-03-28T23:00:00Z, 60, 2026-03-29T22:00:00Z, true",
        "1440, 2026-10-24T22:00:00Z, 60, 2026-10-25T22:00:00Z, false",
        "60, 2026-10-25T22:00:00Z, 1440, 2026-10-24T22:00:00Z, false",
        "60, 2026-10-25T23:00:00Z, 1440, 2026-10-24T22:00:00Z, true",
        "1440, 2026-03-01T23:00:00Z, 60, 2026-03-02T22:00:00Z, false",
    })
    void rejectsAnIntervalThatSharesTimeWithAnotherOne(
            int minutes, String start, int otherMinutes, String otherStart, boolean passes) {
        checkedBy(rule("overlap", new Limit.NoOverlap()));
        push(minutes, start, "1");
        push(otherMinutes, otherStart, "1");

        assertThat(passed.rejects()).hasSize(passes ? 0 : 1);
        assertThat(passed.size()).isEqualTo(passes ? 2 : 1);
    }

    @Test
    void letsPassWhatIsNoMeasurement() {
        checkedBy(rule("once", new Limit.NoDuplicate()), rule("negative", new Limit.NotNegative()));
        Series series = new Series("M1", "E1", "kWh", 15, BERLIN);
        push(series, NOON, "1", ACTUAL);
        push(series, NOON, "-1", new Grade(Quality.WITHDRAWN, "A09"));
        push(series, NOON, "-1", new Grade(Quality.MISSING, "N"));

        assertThat(passed.size()).isEqualTo(3);
        assertThat(passed.rejects()).isEmpty();
    }

    @Test
    void passesOnWhatItIsGiven() {
        checkedBy(rule("negative", new Limit.NotNegative()));
        push(15, NOON, "1.25");

        assertThat(passed.series()).containsExactly(new Series("M1", "E1", "kWh", 15, BERLIN));
        assertThat(passed.valueAt(0)).isEqualTo(1_250_000);
        assertThat(passed.lineAt(0)).isEqualTo(1);
        assertThat(passed.grades()).containsExactly(ACTUAL);
    }
}
