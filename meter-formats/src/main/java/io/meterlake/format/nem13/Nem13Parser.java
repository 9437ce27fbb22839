package io.meterlake.format.nem13;

import static io.meterlake.format.mdff.MdffRecord.ASK_AGAIN;
import static io.meterlake.format.mdff.MdffRecord.TOO_LONG;
import static io.meterlake.format.mdff.MdffRecord.isTooLong;
import static io.meterlake.format.text.Problem.abridged;

import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.mdff.FileTime;
import io.meterlake.format.text.DelimitedReader;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import java.io.IOException;

/** Goes through one NEM13 file, record by record. */
final class Nem13Parser {
    private static final String SUPPORTED =
            "A NEM13 file holds accumulated reads; interval data come in NEM12, which is a format of its own.";

    private final String fileName;
    private final DelimitedReader record;
    private final ReadingSink sink;
    private final AccumulatedRecord accumulated;

    private String sender = "";
    private FileTime fileTime = FileTime.NOT_SAID;
    private boolean ended;
    private boolean hasReads;

    Nem13Parser(String fileName, DelimitedReader record, ReadingSink sink) {
        this.fileName = fileName;
        this.record = record;
        this.sink = sink;
        this.accumulated = new AccumulatedRecord(record);
    }

    FileHeader parse() throws IOException {
        if (!record.next()) {
            throw new UnreadableFileException("Cannot read %s: it is empty".formatted(fileName), ASK_AGAIN);
        }
        if (!record.text(0).equals("100")) {
            throw new UnreadableFileException(
                    "Cannot read %s: line %d begins with '%s', not with the header record 100"
                            .formatted(fileName, record.line(), abridged(record.text(0))),
                    "A NEM13 file begins with a record such as 100,NEM13,202601010000,SENDER,RECEIVER: ask the sender"
                            + " for the whole file.");
        }
        long lastLine;
        do {
            dispatch();
            lastLine = record.line();
        } while (record.next());
        if (!ended) {
            throw new UnreadableFileException(
                    "Cannot read %s: it ends at line %d without the end record 900".formatted(fileName, lastLine),
                    ASK_AGAIN);
        }
        if (!hasReads) {
            throw new UnreadableFileException(
                    "Cannot read %s: it has a header and an end, and no 250 record in between".formatted(fileName),
                    "Ask the sender whether the file was meant to be empty.");
        }
        return new FileHeader(sender);
    }

    private void dispatch() {
        if (record.damaged()) {
            hasReads = true;
            reject("", "a quoted field does not end, or goes on after its end", "Close the quotes of the line.");
            return;
        }
        String indicator = record.text(0);
        ended = false;
        switch (indicator) {
            case "100" -> header();
            case "250" -> {
                hasReads = true;
                accumulated
                        .read(fileTime)
                        .ifPresentOrElse(sink::reject, () -> sink.registerPeriod(accumulated.period()));
            }
            case "550" -> {
                if (isTooLong(record, 5)) {
                    reject("", TOO_LONG.formatted(550, 5), ASK_AGAIN);
                }
            }
            case "900" -> {
                ended = true;
                if (isTooLong(record, 1)) {
                    reject("", TOO_LONG.formatted(900, 1), ASK_AGAIN);
                }
            }
            case "200", "300", "400", "500" ->
                throw new UnreadableFileException(
                        "Cannot read %s: line %d is a %s record, which is NEM12 (interval data)"
                                .formatted(fileName, record.line(), indicator),
                        SUPPORTED);
            default ->
                reject(
                        "RecordIndicator",
                        "'%s' is no record of NEM13".formatted(abridged(indicator)),
                        "NEM13 has the records 100, 250, 550 and 900.");
        }
    }

    private void header() {
        String version = record.text(1);
        if (!version.equalsIgnoreCase("NEM13")) {
            throw new UnreadableFileException(
                    "Cannot read %s: its header says '%s', not NEM13".formatted(fileName, abridged(version)),
                    SUPPORTED);
        }
        fileTime = FileTime.of(record);
        if (sender.isEmpty()) {
            sender = record.text(3);
        }
    }

    private void reject(String field, String reason, String hint) {
        sink.reject(new Reject(record.line(), field, reason, hint, record.rawText()));
    }
}
