package io.meterlake.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The names of runs: when they began, in UTC to the millisecond, and their command; they sort by age. */
final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = 17;

    private RunId() {}

    static String of(Instant at, String command) {
        return TIME.format(at) + "-" + command.replace(' ', '-');
    }

    /** Of a command's name, as {@code report-run}; empty if it is no run's id. */
    static Optional<String> command(String id) {
        return id.length() > TIME_LENGTH + 1 && id.charAt(TIME_LENGTH) == '-'
                ? Optional.of(id.substring(TIME_LENGTH + 1))
                : Optional.empty();
    }

    static Optional<Instant> startedAt(String id) {
        try {
            return Optional.of(Instant.from(TIME.parse(id.substring(0, Math.min(TIME_LENGTH, id.length())))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
