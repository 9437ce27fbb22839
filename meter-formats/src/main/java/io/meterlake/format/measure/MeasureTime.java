package io.meterlake.format.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.text.IsoTimestamps;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Times and resolutions as the schemas have them. */
final class MeasureTime {
    private static final int MINUTES_PER_DAY = 1440;

    private MeasureTime() {}

    /** Microseconds since 1970 of a time with an offset; empty if it is none. */
    static OptionalLong micros(String text) {
        IsoTimestamps times = new IsoTimestamps();
        byte[] bytes = text.getBytes(UTF_8);
        return times.read(bytes, 0, bytes.length) && !times.isLocal()
                ? OptionalLong.of(times.micros())
                : OptionalLong.empty();
    }

    /**
     * The minutes of a resolution such as PT15M, PT1H or PT60M. Empty for what is no number of minutes of at most a
     * day, and for days, months and years (P1D, P1M), which are not always of the same length.
     */
    static OptionalInt minutes(String resolution) {
        if (!resolution.startsWith("PT") || resolution.length() > 10) {
            return OptionalInt.empty();
        }
        try {
            Duration duration = Duration.parse(resolution);
            long minutes = duration.toMinutes();
            boolean isWhole = duration.equals(Duration.ofMinutes(minutes));
            return isWhole && minutes >= 1 && minutes <= MINUTES_PER_DAY
                    ? OptionalInt.of((int) minutes)
                    : OptionalInt.empty();
        } catch (DateTimeException | ArithmeticException noDuration) {
            return OptionalInt.empty();
        }
    }
}
