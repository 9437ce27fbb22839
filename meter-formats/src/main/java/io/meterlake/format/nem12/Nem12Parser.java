package io.meterlake.format.nem12;

import static io.meterlake.format.mdff.MdffRecord.ASK_AGAIN;
import static io.meterlake.format.mdff.MdffRecord.TOO_LONG;
import static io.meterlake.format.mdff.MdffRecord.isTooLong;
import static io.meterlake.format.text.Problem.abridged;

import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.mdff.FileTime;
import io.meterlake.format.mdff.NemQuality;
import io.meterlake.format.mdff.NemTime;
import io.meterlake.format.mdff.NemUnit;
import io.meterlake.format.text.DelimitedReader;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Goes through one NEM12 file, record by record. */
final class Nem12Parser {
    private static final String SUPPORTED =
            "A NEM12 file holds interval data; accumulated reads come in NEM13, which is a format of its own.";
    private static final String NO_CHANNEL = "there is no 200 record before it";
    private static final int MINUTES_PER_DAY = 1440;

    private final String fileName;
    private final DelimitedReader record;
    private final ReadingSink sink;

    private String sender = "";
    private FileTime fileTime = FileTime.NOT_SAID;
    private Optional<Nem12Channel> channel = Optional.empty();
    private String whyNoChannel = NO_CHANNEL;
    private Optional<NemDay> heldBack = Optional.empty();
    private boolean ended;
    private boolean hasDays;

    Nem12Parser(String fileName, DelimitedReader record, ReadingSink sink) {
        this.fileName = fileName;
        this.record = record;
        this.sink = sink;
    }

    FileHeader parse() throws IOException {
        if (!record.next()) {
            throw new UnreadableFileException("Cannot read %s: it is empty".formatted(fileName), ASK_AGAIN);
        }
        if (!record.text(0).equals("100")) {
            throw new UnreadableFileException(
                    "Cannot read %s: line %d begins with '%s', not with the header record 100"
                            .formatted(fileName, record.line(), abridged(record.text(0))),
                    "A NEM12 file begins with a record such as 100,NEM12,202601010000,SENDER,RECEIVER: ask the sender"
                            + " for the whole file.");
        }
        long lastLine;
        do {
            dispatch();
            lastLine = record.line();
        } while (record.next());
        endDay();
        if (!ended) {
            throw new UnreadableFileException(
                    "Cannot read %s: it ends at line %d without the end record 900".formatted(fileName, lastLine),
                    ASK_AGAIN);
        }
        if (!hasDays) {
            throw new UnreadableFileException(
                    "Cannot read %s: it has a header and an end, and no 300 record in between".formatted(fileName),
                    "Ask the sender whether the file was meant to be empty.");
        }
        return new FileHeader(sender);
    }

    private void dispatch() {
        if (record.damaged()) {
            refuseUnknown("", "a quoted field does not end, or goes on after its end", "Close the quotes of the line.");
            return;
        }
        String indicator = record.text(0);
        ended = false;
        switch (indicator) {
            case "100" -> header();
            case "200" -> channel();
            case "300" -> day();
            case "400" -> event();
            case "500" -> businessDetails();
            case "900" -> end();
            case "250", "550" ->
                throw new UnreadableFileException(
                        "Cannot read %s: line %d is a %s record, which is NEM13 (accumulated reads)"
                                .formatted(fileName, record.line(), indicator),
                        SUPPORTED);
            default ->
                refuseUnknown(
                        "RecordIndicator",
                        "'%s' is no record of NEM12".formatted(abridged(indicator)),
                        "NEM12 has the records 100, 200, 300, 400, 500 and 900.");
        }
    }

    /** The line may have been a 200 record, so the days after it must not go to the channel before it. */
    private void refuseUnknown(String field, String reason, String hint) {
        endDay();
        channel = Optional.empty();
        whyNoChannel = "line %d, which is damaged, may have been its 200 record".formatted(record.line());
        reject(field, reason, hint);
    }

    /** They say nothing about values, and may stand between 400 records. */
    private void businessDetails() {
        if (isTooLong(record, 5)) {
            refuseUnknown("", TOO_LONG.formatted(500, 5), ASK_AGAIN);
        }
    }

    private void end() {
        endDay();
        channel = Optional.empty();
        whyNoChannel = NO_CHANNEL;
        ended = true;
        if (isTooLong(record, 1)) {
            reject("", TOO_LONG.formatted(900, 1), ASK_AGAIN);
        }
    }

    private void header() {
        endDay();
        String version = record.text(1);
        if (!version.equalsIgnoreCase("NEM12")) {
            throw new UnreadableFileException(
                    "Cannot read %s: its header says '%s', not NEM12".formatted(fileName, abridged(version)),
                    SUPPORTED);
        }
        fileTime = FileTime.of(record);
        if (sender.isEmpty()) {
            sender = record.text(3);
        }
        channel = Optional.empty();
        whyNoChannel = NO_CHANNEL;
    }

    private void channel() {
        endDay();
        channel = Optional.empty();
        whyNoChannel = "its 200 record, at line %d, was refused".formatted(record.line());
        String nmi = record.text(1);
        String suffix = record.text(4);
        String length = record.text(8);
        OptionalInt minutes = wholeNumber(length);
        if (isTooLong(record, 10)) {
            reject("", TOO_LONG.formatted(200, 10), ASK_AGAIN);
        } else if (nmi.isEmpty() || suffix.isEmpty()) {
            reject(
                    nmi.isEmpty() ? "NMI" : "NMISuffix",
                    "it is empty",
                    "A 200 record is 200,NMI,NMIConfiguration,RegisterID,NMISuffix,…: ask the sender to fill it in.");
        } else if (minutes.isEmpty() || !dividesDay(minutes.getAsInt())) {
            reject(
                    "IntervalLength",
                    "'%s' is no number of minutes that divides a day".formatted(abridged(length)),
                    "NEM12 has intervals of 5, 15 and 30 minutes.");
        } else {
            String unit = NemUnit.normalised(record.text(7));
            Series series = new Series(nmi, suffix, unit, minutes.getAsInt(), NemTime.ZONE);
            channel = Optional.of(new Nem12Channel(sink.series(series), minutes.getAsInt()));
        }
    }

    private static boolean dividesDay(int minutes) {
        return minutes > 0 && minutes <= MINUTES_PER_DAY && MINUTES_PER_DAY % minutes == 0;
    }

    private void day() {
        endDay();
        hasDays = true;
        if (channel.isEmpty()) {
            NemDay orphan = new NemDay(record, 0);
            orphan.refuse("", "it belongs to no channel: " + whyNoChannel, "Ask the sender for the 200 record.");
            heldBack = Optional.of(orphan);
            return;
        }
        heldBack = Optional.of(channel.get().day(record, sink, fileTime));
    }

    private void event() {
        if (heldBack.isEmpty()) {
            reject("", "there is no 300 record before it", "A 400 record follows the 300 record that it belongs to.");
            return;
        }
        NemDay day = heldBack.get();
        day.keepRawOf(record);
        if (isTooLong(record, 6)) {
            day.refuse("", "line %d: ".formatted(record.line()) + TOO_LONG.formatted(400, 6), ASK_AGAIN);
            return;
        }
        int intervals = day.intervals();
        OptionalInt first = wholeNumber(record.text(1));
        OptionalInt last = wholeNumber(record.text(2));
        boolean ordered = first.isPresent()
                && last.isPresent()
                && first.getAsInt() >= 1
                && first.getAsInt() <= last.getAsInt()
                && last.getAsInt() <= intervals;
        if (!ordered) {
            day.refuse(
                    "StartInterval",
                    "the 400 record at line %d names the intervals '%s' to '%s' of a day of %d"
                            .formatted(record.line(), abridged(record.text(1)), abridged(record.text(2)), intervals),
                    "Intervals count from 1, and a range ends within the day: ask the sender for the day again.");
            return;
        }
        Optional<Grade> grade = NemQuality.grade(record.text(3));
        if (grade.isEmpty()) {
            day.refuse(
                    "QualityMethod",
                    "the 400 record at line %d has the quality '%s'".formatted(record.line(), abridged(record.text(3))),
                    NemQuality.HINT);
            return;
        }
        day.event(record, first.getAsInt(), last.getAsInt(), sink.grade(grade.get()));
    }

    private void endDay() {
        heldBack.ifPresent(day -> day.end().ifPresentOrElse(sink::reject, () -> day.push(sink)));
        heldBack = Optional.empty();
    }

    private void reject(String field, String reason, String hint) {
        sink.reject(new Reject(record.line(), field, reason, hint, record.rawText()));
    }

    static OptionalInt wholeNumber(String text) {
        boolean plain = !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
