package io.meterlake.format.mdff;

import static io.meterlake.format.text.Problem.abridged;

import io.meterlake.format.text.DelimitedReader;
import io.meterlake.format.text.Problem;
import io.meterlake.reading.ReadingSink;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the values of a record were last changed: its UpdateDateTime, or else the MSATSLoadDateTime behind it, or else the
 * time of the file.
 *
 * @param micros since 1970-01-01T00:00Z, or {@link ReadingSink#NO_TIME}
 * @param problem why it is not known, if it is not
 */
public record UpdateTime(long micros, Optional<Problem> problem) {
    /**
     * The one of a record.
     *
     * @param updated the position of UpdateDateTime
     * @param what the record's word for itself, for messages
     */
    public static UpdateTime of(DelimitedReader record, int updated, FileTime fileTime, String what) {
        boolean hasUpdate = !record.isEmpty(updated);
        int field = hasUpdate ? updated : updated + 1;
        if (record.isEmpty(field)) {
            return fileTime.isReadable()
                    ? new UpdateTime(fileTime.micros(), Optional.empty())
                    : unreadable(fileTime, what);
        }
        String text = record.text(field);
        OptionalLong time = NemTime.dateTime(text);
        return time.isPresent()
                ? new UpdateTime(time.getAsLong(), Optional.empty())
                : refused(
                        hasUpdate ? "UpdateDateTime" : "MSATSLoadDateTime",
                        "'%s' is no time, so it is not known which correction is the newest".formatted(abridged(text)),
                        "A time is CCYYMMDDhhmmss, such as 20260131235959; a spreadsheet may have rewritten it.");
    }

    private static UpdateTime unreadable(FileTime fileTime, String what) {
        return refused(
                "DateTime",
                "the %s has no UpdateDateTime, and the DateTime '%s' of the header at line %d is no time, so it"
                                .formatted(what, fileTime.text(), fileTime.line())
                        + " is not known which correction is the newest",
                "A header has its time as CCYYMMDDhhmm, such as 202601312359: ask the sender for the file again.");
    }

    private static UpdateTime refused(String field, String reason, String hint) {
        return new UpdateTime(ReadingSink.NO_TIME, Optional.of(new Problem(field, reason, hint)));
    }
}
