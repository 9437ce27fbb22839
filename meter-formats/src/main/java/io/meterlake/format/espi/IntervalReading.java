package io.meterlake.format.espi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.format.xml.XmlCursor;
import java.io.IOException;

/** The IntervalReading at hand, as it was sent. One object serves all of a channel, so that none is made for each. */
final class IntervalReading {
    /** What a number is that was not sent. */
    static final long NOT_SAID = Long.MIN_VALUE;

    /** What seconds are that are no number. */
    static final long NO_NUMBER = Long.MAX_VALUE;

    private final XmlCursor xml;
    private final int exponent;
    private final byte[] valueSent = new byte[64];
    private int valueLength;
    private String startText = "";
    private String secondsText = "";

    /** The line in the file. */
    long line;

    /** Seconds since 1970, {@link #NOT_SAID} or {@link #NO_NUMBER}. */
    long start;

    /** Its length, {@link #NOT_SAID} or {@link #NO_NUMBER}. */
    long seconds;

    /** The scaled value after multiplying, {@link #NOT_SAID}, or a failure of {@link ScaledDecimal}. */
    long value;

    /** The name of an element that it has twice; empty if there is none. */
    String twice = "";

    /** The codes of its qualities, separated by {@code +}. */
    String codes = "";

    /** @param exponent the power of ten by which values are multiplied */
    IntervalReading(XmlCursor xml, int exponent) {
        this.xml = xml;
        this.exponent = exponent;
    }

    /** Reads the one that the cursor is at. */
    void read() throws IOException {
        line = xml.line();
        start = NOT_SAID;
        seconds = NOT_SAID;
        value = NOT_SAID;
        valueLength = 0;
        codes = "";
        twice = "";
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
    }

    private void period() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "start" -> {
                    twice = start == NOT_SAID ? twice : "start";
                    start = number();
                    startText = start == NO_NUMBER ? xml.lastText() : "";
                }
                case "duration" -> {
                    twice = seconds == NOT_SAID ? twice : "duration";
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
        int from = xml.textFrom();
        boolean isNegative = length > 0 && bytes[from] == '-';
        int first = isNegative ? from + 1 : from;
        if (first == from + length || length > 12) {
            return NO_NUMBER;
        }
        long number = 0;
        for (int i = first; i < from + length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            number = number * 10 + digit;
        }
        return isNegative ? -number : number;
    }

    private void value() throws IOException {
        twice = valueLength == 0 ? twice : "value";
        int length = xml.textBytes();
        int from = xml.textFrom();
        value = length == 0 ? NOT_SAID : ScaledDecimal.parse(xml.buffer(), from, from + length, '.', exponent);
        valueLength = Math.min(length, valueSent.length);
        System.arraycopy(xml.buffer(), from, valueSent, 0, valueLength);
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

    /** The start as it was sent. */
    String startText() {
        return text(start, startText);
    }

    /** The length as it was sent. */
    String secondsText() {
        return text(seconds, secondsText);
    }

    /** The value as it was sent. */
    String valueText() {
        return new String(valueSent, 0, valueLength, UTF_8);
    }

    private static String text(long number, String text) {
        return number == NO_NUMBER ? text : number == NOT_SAID ? "" : Long.toString(number);
    }

    /** The reading as it was sent, without what does not matter. */
    String raw() {
        return "<IntervalReading><timePeriod><duration>%s</duration><start>%s</start></timePeriod><quality>%s</quality>"
                        .formatted(secondsText(), startText(), codes)
                + "<value>%s</value></IntervalReading>".formatted(valueText());
    }
}
