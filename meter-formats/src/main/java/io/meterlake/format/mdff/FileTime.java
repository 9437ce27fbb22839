package io.meterlake.format.mdff;

import io.meterlake.format.text.DelimitedReader;
import io.meterlake.format.text.Problem;
import io.meterlake.reading.ReadingSink;
import java.util.OptionalLong;

/**
 * When a file was made, as its 100 record says. It stands in for the update time of days that have none, so one that is
 * written but can't be read must not pass for one that is not said.
 *
 * @param micros since 1970-01-01T00:00Z; {@link ReadingSink#NO_TIME} if it is not said
 * @param isReadable false if there is a text that is no time
 * @param text as it is written, abridged
 * @param line of the 100 record
 */
public record FileTime(long micros, boolean isReadable, String text, long line) {
    public static final FileTime NOT_SAID = new FileTime(ReadingSink.NO_TIME, true, "", 0);

    public static FileTime of(DelimitedReader header) {
        if (header.isEmpty(2)) {
            return NOT_SAID;
        }
        String text = header.text(2);
        OptionalLong micros = NemTime.dateTime(text);
        return new FileTime(
                micros.orElse(ReadingSink.NO_TIME), micros.isPresent(), Problem.abridged(text), header.line());
    }
}
