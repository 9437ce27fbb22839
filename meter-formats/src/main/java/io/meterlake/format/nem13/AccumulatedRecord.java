package io.meterlake.format.nem13;

import static io.meterlake.format.mdff.MdffRecord.ASK_AGAIN;
import static io.meterlake.format.mdff.MdffRecord.TOO_LONG;
import static io.meterlake.format.mdff.MdffRecord.isTooLong;
import static io.meterlake.format.text.Problem.abridged;

import io.meterlake.format.mdff.FileTime;
import io.meterlake.format.mdff.NemQuality;
import io.meterlake.format.mdff.NemTime;
import io.meterlake.format.mdff.NemUnit;
import io.meterlake.format.mdff.UpdateTime;
import io.meterlake.format.text.DelimitedReader;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.RegisterPeriod;
import io.meterlake.reading.RegisterPeriod.Flow;
import io.meterlake.reading.RegisterRead;
import io.meterlake.reading.Reject;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads 250 records, one at a time: the period that is in it, or the first thing that is wrong with it. */
final class AccumulatedRecord {
    private static final int NMI = 1;
    private static final int REGISTER_ID = 3;
    private static final int SUFFIX = 4;
    private static final int SERIAL = 6;
    private static final int DIRECTION = 7;
    private static final int PREVIOUS = 8;
    private static final int CURRENT = 13;
    private static final int QUANTITY = 18;
    private static final int UNIT = 19;
    private static final int UPDATED = 21;
    private static final int FIELDS = 23;

    /** Stands for a read of a record that is refused. */
    private static final RegisterRead UNREADABLE =
            new RegisterRead(0, ReadingSink.NO_VALUE, 0, new Grade(Quality.MISSING, ""));

    private static final String RESEND = "Ask the sender for the record again.";

    private final DelimitedReader record;
    private Optional<Reject> problem = Optional.empty();
    private Optional<RegisterPeriod> period = Optional.empty();

    AccumulatedRecord(DelimitedReader record) {
        this.record = record;
    }

    /** Reads the record at hand; empty if nothing is wrong with it. */
    Optional<Reject> read(FileTime fileTime) {
        problem = Optional.empty();
        period = Optional.empty();
        if (isTooLong(record, FIELDS)) {
            refuse("", TOO_LONG.formatted(250, FIELDS), ASK_AGAIN);
            return problem;
        }
        for (int field : new int[] {NMI, SUFFIX}) {
            if (record.isEmpty(field)) {
                refuse(
                        field == NMI ? "NMI" : "NMISuffix",
                        "it is empty",
                        "A 250 record is 250,NMI,NMIConfiguration,RegisterID,NMISuffix,…: ask the sender to fill it in.");
            }
        }
        String direction = record.text(DIRECTION);
        if (!direction.equals("E") && !direction.equals("I")) {
            refuse(
                    "DirectionIndicator",
                    "'%s' is no direction".formatted(abridged(direction)),
                    "E is from the grid, I is into it.");
        }
        RegisterRead previous = registerRead("Previous", PREVIOUS);
        RegisterRead current = registerRead("Current", CURRENT);
        if (problem.isEmpty() && current.atMicros() <= previous.atMicros()) {
            refuse(
                    "CurrentRegisterReadDateTime",
                    "'%s' is not after the previous read at '%s'"
                            .formatted(record.text(CURRENT + 1), record.text(PREVIOUS + 1)),
                    RESEND);
        }
        long quantity = value("Quantity", QUANTITY);
        UpdateTime updated = UpdateTime.of(record, UPDATED, fileTime, "record");
        updated.problem().ifPresent(found -> refuse(found.field(), found.reason(), found.hint()));
        if (problem.isEmpty()) {
            period = Optional.of(new RegisterPeriod(
                    record.text(NMI),
                    record.text(SUFFIX),
                    record.text(REGISTER_ID),
                    record.text(SERIAL),
                    NemUnit.normalised(record.text(UNIT)),
                    NemTime.ZONE,
                    direction.equals("E") ? Flow.TO_CUSTOMER : Flow.FROM_CUSTOMER,
                    previous,
                    current,
                    quantity,
                    updated.micros(),
                    record.line(),
                    record.rawText()));
        }
        return problem;
    }

    /** What {@link #read} found, if nothing was wrong. */
    RegisterPeriod period() {
        return period.orElseThrow();
    }

    private RegisterRead registerRead(String which, int first) {
        String time = record.text(first + 1);
        OptionalLong at = NemTime.dateTime(time);
        if (at.isEmpty()) {
            refuse(
                    which + "RegisterReadDateTime",
                    "'%s' is no time".formatted(abridged(time)),
                    "A time is CCYYMMDDhhmmss, such as 20260131235959; a spreadsheet may have rewritten it.");
        }
        String quality = record.text(first + 2);
        Optional<Grade> grade = NemQuality.grade(quality);
        if (grade.isEmpty()) {
            refuse(which + "QualityMethod", "'%s' is no quality".formatted(abridged(quality)), NemQuality.HINT);
        }
        long value = value(which + "RegisterRead", first);
        return problem.isPresent()
                ? UNREADABLE
                : new RegisterRead(at.orElseThrow(), value, dialDigits(first), grade.orElseThrow());
    }

    private long value(String name, int field) {
        if (record.isEmpty(field)) {
            return ReadingSink.NO_VALUE;
        }
        long scaled = ScaledDecimal.parse(record.buffer(), record.start(field), record.end(field), '.');
        if (ScaledDecimal.failed(scaled)) {
            refuse(
                    name,
                    ScaledDecimal.reason(scaled, abridged(record.text(field))),
                    "A value is a plain number such as 006342.8: " + RESEND);
        }
        return scaled;
    }

    /** Leading zeros count: they are on the dial, too. */
    private int dialDigits(int field) {
        String text = record.text(field);
        int point = text.indexOf('.');
        int digits = (point < 0 ? text.length() : point) - (text.startsWith("-") ? 1 : 0);
        return Math.min(digits, 12);
    }

    private void refuse(String field, String reason, String hint) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Reject(record.line(), field, reason, hint, record.rawText()));
        }
    }
}
