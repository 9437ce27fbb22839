package io.meterlake.format.mscons;

import io.meterlake.format.text.LocalClock;
import io.meterlake.reading.ReadingSink;
import java.time.ZoneId;

/**
 * When a message or an interchange was made: DTM+137, or else the UNB. It says which of two corrections is newer, so one
 * that is written but can't be read must not pass for one that is not said. Without an offset it is the market's legal
 * time (MSCONS 2.2, DTM+137 by format 203).
 *
 * @param micros since 1970-01-01T00:00, in UTC or local time; {@link ReadingSink#NO_TIME} if it is not said
 * @param isLocal whether it has no offset
 * @param isReadable false if there is a text that is no time
 * @param text as it is written
 */
record MessageTime(long micros, boolean isLocal, boolean isReadable, String text) {
    static final MessageTime NOT_SAID = new MessageTime(ReadingSink.NO_TIME, false, true, "");

    static MessageTime unreadable(String text) {
        return new MessageTime(ReadingSink.NO_TIME, false, false, text);
    }

    boolean isSaid() {
        return !text.isEmpty();
    }

    /** Microseconds since 1970-01-01T00:00Z; of an hour that comes twice its first occurrence. */
    long in(ZoneId zone) {
        if (!isLocal) {
            return micros;
        }
        LocalClock clock = new LocalClock(zone);
        clock.at(micros);
        return clock.earlier();
    }
}
