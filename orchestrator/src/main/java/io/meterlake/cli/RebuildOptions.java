package io.meterlake.cli;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import io.meterlake.compile.Days;
import io.meterlake.error.MeterlakeException;
import io.meterlake.run.Rebuild;
import io.meterlake.run.RunPurpose;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of incremental models run and build make anew. */
final class RebuildOptions {
    @Option(
            names = {"-f", "--full-refresh"},
            description = "builds all of incremental models, not only what changed")
    private boolean fullRefresh;

    @Option(
            names = "--event-time-start",
            paramLabel = "DAY",
            description = "of microbatch models the first day that is built, changed or not, such as 2026-01-01")
    private @Nullable String eventTimeStart;

    @Option(names = "--event-time-end", paramLabel = "DAY", description = "the day after the last one that is built")
    private @Nullable String eventTimeEnd;

    /** Those of a command line that is gone on with. */
    static RebuildOptions again(RunPurpose.@Nullable Remade remade) {
        RebuildOptions options = new RebuildOptions();
        if (remade != null) {
            options.fullRefresh = remade.fullRefresh();
            options.eventTimeStart = remade.eventTimeStart();
            options.eventTimeEnd = remade.eventTimeEnd();
        }
        return options;
    }

    /**
     * What the options mean.
     *
     * @throws MeterlakeException {@code INVALID_SELECTION} if they do not go together
     */
    Rebuild rebuild() {
        if (eventTimeStart == null && eventTimeEnd == null) {
            return new Rebuild(fullRefresh, Days.ALL);
        }
        if (eventTimeStart == null || eventTimeEnd == null) {
            throw invalid("one of --event-time-start and --event-time-end is missing", "Give both.", null);
        }
        if (fullRefresh) {
            throw invalid("--full-refresh builds all days", "Leave it or the days out.", null);
        }
        Days days = Days.between(day(eventTimeStart), day(eventTimeEnd));
        if (days.isEmpty()) {
            throw invalid(
                    "%s is not before %s".formatted(eventTimeStart, eventTimeEnd),
                    "The end is the day after the last one that is built.",
                    null);
        }
        return new Rebuild(false, days);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("'%s' is not a day".formatted(text), "Write a day such as 2026-01-01.", e);
        }
    }

    private static MeterlakeException invalid(String reason, String hint, @Nullable Throwable cause) {
        return new MeterlakeException(INVALID_SELECTION, "Cannot tell the days to build: " + reason, hint, cause);
    }

    /** What is written on the command line, for {@code args} of artifacts. */
    Map<String, @Nullable Object> arguments() {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("full_refresh", fullRefresh);
        arguments.put("event_time_start", eventTimeStart);
        arguments.put("event_time_end", eventTimeEnd);
        return arguments;
    }
}
