package io.meterlake.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as its log tells of it.
 *
 * @param command its words with hyphens, as {@code report-run}
 * @param arguments the command line, without secrets
 * @param ended when its last line was written; null while it goes on, and if it was cut off
 * @param exitCode null unless it ended by itself
 * @param error what went wrong first; null if nothing did
 * @param retried the run that it goes on with; null for any other than a retry
 */
public record LoggedRun(
        String id,
        String command,
        List<String> arguments,
        Instant started,
        @Nullable Instant ended,
        Status status,
        @Nullable Integer exitCode,
        @Nullable Failure error,
        @Nullable RetriedRun retried) {

    /** How a run stands. */
    public enum Status {
        RUNNING,
        OK,
        /** Ended with another code than 0. */
        FAILED,
        /** Told to end, by Ctrl-C or SIGTERM. */
        INTERRUPTED,
        /** Killed, or the machine lost its power: there is no last line. */
        CUT_OFF;

        /** As it is written for people and in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a person should look. */
        public boolean isFailure() {
            return this == FAILED || this == CUT_OFF;
        }
    }

    /**
     * What went wrong.
     *
     * @param code a stable name; empty for what has none, such as a test that found rows
     */
    public record Failure(String code, String message, String fix) {
        /** As an event tells of it. */
        public static Failure of(LogEvent event) {
            return new Failure(
                    event.text(Field.CODE).orElse(""),
                    event.message(),
                    event.text(Field.FIX).orElse(""));
        }
    }

    public LoggedRun {
        arguments = List.copyOf(arguments);
    }

    /** How long it took; empty if its end is not known. */
    public Optional<Duration> elapsed() {
        return Optional.ofNullable(ended).map(end -> Duration.between(started, end));
    }

    static LoggedRun of(String id, List<LogLine> lines, boolean isHeld) {
        Optional<LogLine> start = line(lines, RunLog.STARTED);
        Optional<LogLine> end = line(lines, RunLog.ENDED);
        boolean interrupted = line(lines, RunLog.INTERRUPTED).isPresent();
        Integer exitCode = end.map(line -> line.event().fields().get(Field.EXIT_CODE))
                .filter(Number.class::isInstance)
                .map(code -> ((Number) code).intValue())
                .orElse(null);
        Status status;
        if (exitCode != null) {
            status = exitCode == 0 ? Status.OK : Status.FAILED;
        } else if (isHeld) {
            status = Status.RUNNING;
        } else {
            status = interrupted ? Status.INTERRUPTED : Status.CUT_OFF;
        }
        return new LoggedRun(
                id,
                RunId.command(id).orElse("unknown"),
                start.map(LogLine::event).map(LoggedRun::arguments).orElse(List.of()),
                start.map(LogLine::time).or(() -> RunId.startedAt(id)).orElse(Instant.EPOCH),
                end.or(() -> status == Status.INTERRUPTED ? line(lines, RunLog.INTERRUPTED) : Optional.empty())
                        .map(LogLine::time)
                        .orElse(null),
                status,
                exitCode,
                error(lines, end),
                lines.stream()
                        .flatMap(line -> RetriedRun.in(line.event()).stream())
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable Failure error(List<LogLine> lines, Optional<LogLine> end) {
        Optional<String> told = end.flatMap(line -> line.event().text(Field.ERROR));
        if (told.isPresent()) {
            LogEvent event = end.get().event();
            return new Failure(
                    event.text(Field.CODE).orElse(""),
                    told.get(),
                    event.text(Field.FIX).orElse(""));
        }
        return lines.stream()
                .map(LogLine::event)
                .filter(event -> event.level() == LogLevel.ERROR
                        && event.text(Field.EVENT).isEmpty())
                .findFirst()
                .map(Failure::of)
                .orElse(null);
    }

    private static Optional<LogLine> line(List<LogLine> lines, String mark) {
        return lines.stream()
                .filter(line ->
                        line.event().text(Field.EVENT).filter(mark::equals).isPresent())
                .reduce((first, second) -> second);
    }

    /** The command line that a run's first line has. */
    static List<String> arguments(LogEvent start) {
        return start.fields().get(Field.ARGUMENTS) instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }
}
