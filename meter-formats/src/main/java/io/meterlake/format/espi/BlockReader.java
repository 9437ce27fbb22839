package io.meterlake.format.espi;

import static io.meterlake.format.espi.IntervalReading.NOT_SAID;
import static io.meterlake.format.espi.IntervalReading.NO_NUMBER;

import io.meterlake.format.text.Problem;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the IntervalReadings of a block. One reading is held back until the next is seen, as two of the same interval
 * contradict each other. Makes no object for a reading, unless something is wrong with it.
 */
final class BlockReader {
    private static final long LONGEST_SECONDS = 86_400;
    private static final long LONGEST_CHANGE = 7200;
    private static final int MINUTES_PER_DAY = 1440;
    private static final long MICROS = 1_000_000;
    private static final String ASK_AGAIN = "Ask the sender for the reading again.";

    private final XmlCursor xml;
    private final ReadingSink sink;
    private final Map<String, Integer> grades = new HashMap<>();

    private final Channel channel;
    private long recordedAt;
    private int lastMinutes;
    private int lastSeries;
    private long nextStart;

    private final IntervalReading reading;

    // The one before it.
    private boolean isHeld;
    private long heldStart;
    private long heldEnd;
    private long heldValue;
    private int heldGrade;
    private int heldSeries;
    private long heldLine;
    private boolean heldIsRefused;

    BlockReader(XmlCursor xml, ReadingSink sink, Channel channel) {
        this.xml = xml;
        this.sink = sink;
        this.channel = channel;
        this.reading = new IntervalReading(xml, channel.exponent());
    }

    /** Reads the block that the cursor is at. */
    void read(long recordedAtMicros) throws IOException {
        recordedAt = recordedAtMicros;
        nextStart = NOT_SAID;
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "interval" -> nextStart = blockStart();
                case "IntervalReading" -> reading();
                default -> {
                    // Nothing else is about readings.
                }
            }
        }
        release();
    }

    private long blockStart() throws IOException {
        long found = NOT_SAID;
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (xml.name().equals("start")) {
                found = ReadingType.seconds(xml.text()).orElse(NOT_SAID);
            }
        }
        return found;
    }

    private void reading() throws IOException {
        reading.read();
        judge().ifPresent(problem -> sink.reject(problem.of(reading.line, reading.raw())));
    }

    /** Takes the reading in, or says what is wrong with it. */
    private Optional<Problem> judge() {
        Optional<Problem> problem = completePeriod();
        if (!reading.twice.isEmpty()) {
            return problem(reading.twice, "the reading has two of it", ASK_AGAIN);
        }
        if (problem.isPresent()) {
            return problem;
        }
        if (reading.value != NOT_SAID && ScaledDecimal.failed(reading.value)) {
            return problem(
                    "value", ScaledDecimal.reason(reading.value, Problem.abridged(reading.valueText())), ASK_AGAIN);
        }
        Optional<Integer> grade = grade();
        if (grade.isEmpty()) {
            return problem(
                    "quality", "quality '%s' is unknown".formatted(Problem.abridged(reading.codes)), EspiQuality.HINT);
        }
        return hold(grade.get());
    }

    private Optional<Problem> completePeriod() {
        if (reading.start == NO_NUMBER) {
            nextStart = NOT_SAID;
            return problem(
                    "start",
                    "'%s' is no number of seconds since 1970".formatted(Problem.abridged(reading.startText())),
                    "A start is a whole number such as 1767225600.");
        }
        if (reading.start == NOT_SAID) {
            if (nextStart == NOT_SAID) {
                return problem(
                        "timePeriod",
                        "the reading has no start, and its block has none either",
                        "Ask the sender for a timePeriod for each reading.");
            }
            reading.start = nextStart;
        }
        if (reading.seconds == NOT_SAID) {
            reading.seconds = channel.intervalSeconds().orElse(0);
        }
        boolean isLength = reading.seconds > 0 && reading.seconds <= LONGEST_SECONDS && reading.seconds % 60 == 0;
        if (!isLength && !isLocalDay()) {
            nextStart = NOT_SAID;
            return problem(
                    "duration",
                    "its length of '%s' seconds is not a whole number of minutes of at most a day"
                            .formatted(Problem.abridged(reading.secondsText())),
                    "Meterlake keeps intervals of 1 minute to 24 hours; ask the sender for the interval data.");
        }
        nextStart = reading.start + reading.seconds;
        return Optional.empty();
    }

    /** Whether it is a whole day on which the clocks change: of 23 or 25 hours, but a day as all others. */
    private boolean isLocalDay() {
        if (reading.seconds == LONGEST_SECONDS
                || reading.seconds < LONGEST_SECONDS - LONGEST_CHANGE
                || reading.seconds > LONGEST_SECONDS + LONGEST_CHANGE) {
            return false;
        }
        ZonedDateTime begin = Instant.ofEpochSecond(reading.start).atZone(channel.zone());
        ZonedDateTime end = begin.plusSeconds(reading.seconds);
        return begin.equals(begin.toLocalDate().atStartOfDay(channel.zone()))
                && end.equals(begin.toLocalDate().plusDays(1).atStartOfDay(channel.zone()));
    }

    private Optional<Integer> grade() {
        String key = reading.value == NOT_SAID ? "-" + reading.codes : reading.codes;
        Integer known = grades.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Integer> found = EspiQuality.grade(reading.codes.isEmpty() ? channel.defaultQuality() : reading.codes)
                .map(grade -> reading.value == NOT_SAID ? new Grade(Quality.MISSING, grade.code()) : grade)
                .map(sink::grade);
        found.ifPresent(handle -> grades.put(key, handle));
        return found;
    }

    private Optional<Problem> hold(int grade) {
        long micros = reading.start * MICROS;
        long scaled = reading.value == NOT_SAID ? ReadingSink.NO_VALUE : reading.value;
        int series = series(isLocalDay() ? MINUTES_PER_DAY : (int) (reading.seconds / 60));
        if (isHeld && micros == heldStart && !(scaled == heldValue && grade == heldGrade && series == heldSeries)) {
            if (!heldIsRefused) {
                sink.reject(contradiction(reading.line).of(heldLine, "start %d".formatted(heldStart / MICROS)));
            }
            heldIsRefused = true;
            return Optional.of(contradiction(heldLine));
        }
        if (isHeld && micros > heldStart && micros < heldEnd) {
            return problem(
                    "start",
                    "the interval begins before the one at line %d ends".formatted(heldLine),
                    "Two intervals that overlap count energy twice: ask the sender for the block again.");
        }
        if (!isHeld || micros != heldStart) {
            release();
            isHeld = true;
            heldIsRefused = false;
            heldStart = micros;
            heldEnd = micros + reading.seconds * MICROS;
            heldValue = scaled;
            heldGrade = grade;
            heldSeries = series;
            heldLine = reading.line;
        }
        return Optional.empty();
    }

    private static Problem contradiction(long other) {
        return new Problem(
                "start",
                "the interval has another reading, at line %d, that says something else".formatted(other),
                "Which of them is right is not known: ask the sender for the block again.");
    }

    private int series(int minutes) {
        if (minutes != lastMinutes) {
            lastSeries = sink.series(channel.series(minutes));
            lastMinutes = minutes;
        }
        return lastSeries;
    }

    private void release() {
        if (isHeld && !heldIsRefused) {
            sink.reading(heldSeries, heldStart, heldValue, heldGrade, recordedAt, heldLine);
        }
        isHeld = false;
    }

    private static Optional<Problem> problem(String field, String reason, String hint) {
        return Optional.of(new Problem(field, reason, hint));
    }
}
