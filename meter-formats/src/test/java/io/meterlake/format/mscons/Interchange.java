package io.meterlake.format.mscons;

import java.util.ArrayList;
import java.util.List;

/** An interchange written by a test: the counts and references are right unless they are meant to be wrong. */
final class Interchange {
    static final String POINT = "DE00014559929E00856996N5139699L01";
    static final String HEAD = "BGM+7+M1+9 DTM+137:202601021315?+00:303 NAD+MS+9900000000001::293 UNS+D NAD+DP";
    static final String CHANNEL = "LIN+1 PIA+5+1-1?:1.29.0:SRW";

    private final List<String> segments = new ArrayList<>();
    private int messages;

    Interchange() {
        segments.add("UNB+UNOC:3+9900000000001:500+9900000000002:500+260102:1347+REF1++TL");
    }

    /** One message of segments that are separated by blanks, of one metering point and channel. */
    static String ofChannel(String quantities) {
        return new Interchange()
                .message(HEAD + " LOC+172+" + POINT + " " + CHANNEL + " " + quantities)
                .text();
    }

    /** One message of segments that are separated by blanks. */
    static String of(String content) {
        return new Interchange().message(content).text();
    }

    Interchange message(String content) {
        messages++;
        List<String> lines = List.of(content.strip().split("\\s+"));
        segments.add("UNH+%d+MSCONS:D:04B:UN:2.4c".formatted(messages));
        segments.addAll(lines);
        segments.add("UNT+%d+%d".formatted(lines.size() + 2, messages));
        return this;
    }

    String text() {
        return String.join("'\n", segments) + "'\nUNZ+%d+REF1'\n".formatted(messages);
    }

    /** A quantity of a quarter of an hour. */
    static String quantity(String value, String start, String end) {
        return "QTY+%s DTM+163:%s?+01:303 DTM+164:%s?+01:303".formatted(value, start, end);
    }
}
