package io.meterlake.format.espi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.meterlake.format.text.Problem;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the IntervalReadings of a block. One reading is held back until the next is seen, as two of the same interval
 * contradict each other. Makes no object for a reading, unless something is wrong with it.
 */
final class BlockReader {
    private static final long NOT_SAID = Long.MIN_VALUE;
    private static final long NO_NUMBER = Long.MAX_VALUE;
    private static final long LONGEST_SECONDS = 86_400;
    private static final long MICROS = 1_000_000;
    private static final String ASK_AGAIN = "Ask the sender for the reading again.";

    private final XmlCursor xml;
    private final ReadingSink sink;
    private final Map<String, Optional<Integer>> grades = new HashMap<>();

    private final Channel channel;
    private long recordedAt;
    private final int[] seriesByMinutes = new int[1441];
    private long nextStart;

    // The reading at hand.
    private long line;
    private long start;
    private long seconds;
    private long value;
    private String startText = "";
    private String secondsText = "";
    private final byte[] valueSent = new byte[64];
    private int valueLength;
    private String codes = "";

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
        Arrays.fill(seriesByMinutes, -1);
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
        line = xml.line();
        start = NOT_SAID;
        seconds = NOT_SAID;
        value = NOT_SAID;
        valueLength = 0;
        codes = "";
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "timePeriod" -> period();
                case "value" -> value();
                case "ReadingQuality" -> quality();
                default -> {
                    // Its cost, and to which tariff it counts.
                }
            }
        }
        judge().ifPresent(problem -> sink.reject(problem.of(line, raw())));
    }

    private void period() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "start" -> {
                    start = number();
                    startText = start == NO_NUMBER ? xml.lastText() : "";
                }
                case "duration" -> {
                    seconds = number();
                    secondsText = seconds == NO_NUMBER ? xml.lastText() : "";
                }
                default -> {
                    // Nothing else is about times.
                }
            }
        }
    }

    /** A whole number of seconds. */
    private long number() throws IOException {
        int length = xml.textBytes();
        byte[] bytes = xml.buffer();
        int at = length > 0 && bytes[0] == '-' ? 1 : 0;
        if (length == at || length > 12) {
            return NO_NUMBER;
        }
        long number = 0;
        for (int i = at; i < length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            number = number * 10 + digit;
        }
        return at == 0 ? number : -number;
    }

    private void value() throws IOException {
        int length = xml.textBytes();
        value = length == 0 ? NOT_SAID : ScaledDecimal.parse(xml.buffer(), 0, length, '.', channel.exponent());
        valueLength = Math.min(length, valueSent.length);
        System.arraycopy(xml.buffer(), 0, valueSent, 0, valueLength);
    }

    private void quality() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (xml.name().equals("quality") && codes.length() < 40) {
                String code = xml.text();
                codes = codes.isEmpty() ? code : codes + "+" + code;
            }
        }
    }

    /** Takes the reading in, or says what is wrong with it. */
    private Optional<Problem> judge() {
        Optional<Problem> problem = completePeriod();
        if (problem.isPresent()) {
            return problem;
        }
        if (value != NOT_SAID && ScaledDecimal.failed(value)) {
            return problem("value", ScaledDecimal.reason(value, Problem.abridged(valueText())), ASK_AGAIN);
        }
        Optional<Integer> grade = grade();
        if (grade.isEmpty()) {
            return problem("quality", "quality '%s' is unknown".formatted(Problem.abridged(codes)), EspiQuality.HINT);
        }
        return hold(grade.get());
    }

    private Optional<Problem> completePeriod() {
        if (start == NO_NUMBER) {
            return problem(
                    "start",
                    "'%s' is no number of seconds since 1970".formatted(Problem.abridged(startText)),
                    "A start is a whole number such as 1767225600.");
        }
        if (start == NOT_SAID) {
            if (nextStart == NOT_SAID) {
                return problem(
                        "timePeriod",
                        "the reading has no start, and its block has none either",
                        "Ask the sender for a timePeriod for each reading.");
            }
            start = nextStart;
        }
        if (seconds == NOT_SAID) {
            seconds = channel.intervalSeconds().orElse(0);
        }
        boolean isLength = seconds > 0 && seconds <= LONGEST_SECONDS && seconds % 60 == 0;
        if (!isLength) {
            nextStart = NOT_SAID;
            return problem(
                    "duration",
                    "its length of %s seconds is not a whole number of minutes of at most a day"
                            .formatted(seconds == NO_NUMBER ? "'" + Problem.abridged(secondsText) + "'" : seconds),
                    "Meterlake keeps intervals of 1 minute to 24 hours; ask the sender for the interval data.");
        }
        nextStart = start + seconds;
        return Optional.empty();
    }

    private Optional<Integer> grade() {
        String key = value == NOT_SAID ? "-" + codes : codes;
        Optional<Integer> known = grades.get(key);
        if (known == null) {
            known = EspiQuality.grade(codes.isEmpty() ? channel.defaultQuality() : codes)
                    .map(grade -> value == NOT_SAID ? new Grade(Quality.MISSING, grade.code()) : grade)
                    .map(sink::grade);
            grades.put(key, known);
        }
        return known;
    }

    private Optional<Problem> hold(int grade) {
        long micros = start * MICROS;
        long scaled = value == NOT_SAID ? ReadingSink.NO_VALUE : value;
        int series = series((int) (seconds / 60));
        if (isHeld && micros == heldStart && !(scaled == heldValue && grade == heldGrade && series == heldSeries)) {
            if (!heldIsRefused) {
                sink.reject(contradiction(line).of(heldLine, "start %d".formatted(heldStart / MICROS)));
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
            heldEnd = micros + seconds * MICROS;
            heldValue = scaled;
            heldGrade = grade;
            heldSeries = series;
            heldLine = line;
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
        if (seriesByMinutes[minutes] < 0) {
            seriesByMinutes[minutes] = sink.series(channel.series(minutes));
        }
        return seriesByMinutes[minutes];
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

    /** The reading as it was sent, without what does not matter. */
    private String raw() {
        return "<IntervalReading><timePeriod><duration>%s</duration><start>%s</start></timePeriod><quality>%s</quality>"
                        .formatted(text(seconds, secondsText), text(start, startText), codes)
                + "<value>%s</value></IntervalReading>".formatted(valueText());
    }

    private String valueText() {
        return new String(valueSent, 0, valueLength, US_ASCII);
    }

    private static String text(long number, String text) {
        return number == NO_NUMBER ? text : number == NOT_SAID ? "" : Long.toString(number);
    }
}
