package io.meterlake.format.csv;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Local times whose offset stands in a column of its own. The offset must be one that the zone had at that time. */
final class CsvOffsets {
    private static final long MICROS = 1_000_000;

    private final ZoneId zone;
    private final Map<String, ZoneOffset> known = new HashMap<>();
    private long micros;

    CsvOffsets(ZoneId zone) {
        this.zone = zone;
    }

    /** Finds out what a local time is in UTC, for {@link #micros}, or says what is wrong with it. */
    Optional<CsvProblem> apply(long localMicros, String text) {
        ZoneOffset offset = known.get(text);
        if (offset == null) {
            try {
                offset = ZoneOffset.of(text);
            } catch (DateTimeException e) {
                return Optional.of(new CsvProblem(
                        CsvField.UTC_OFFSET, "'%s' is no UTC offset".formatted(text), "An offset is +01:00, or Z."));
            }
            known.put(text, offset);
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(localMicros, MICROS), 0, ZoneOffset.UTC);
        if (!zone.getRules().isValidOffset(local, offset)) {
            return Optional.of(new CsvProblem(
                    CsvField.UTC_OFFSET,
                    "at %s, %s had the offset %s, not %s"
                            .formatted(local, zone, zone.getRules().getValidOffsets(local), text),
                    "Check the time_zone of the mapping, or ask the sender for the row again."));
        }
        micros = localMicros - offset.getTotalSeconds() * MICROS;
        return Optional.empty();
    }

    long micros() {
        return micros;
    }
}
