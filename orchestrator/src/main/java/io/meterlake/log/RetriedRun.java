package io.meterlake.log;

import java.util.List;
import java.util.Optional;

/**
 * The run that another one goes on with.
 *
 * @param arguments its command line, without secrets
 */
public record RetriedRun(String id, List<String> arguments) {
    public RetriedRun {
        arguments = List.copyOf(arguments);
    }

    /** Its command, as {@code build}. */
    public String command() {
        return RunId.command(id).orElse("unknown");
    }

    /** What a log says of it. */
    public LogEvent event() {
        return LogEvent.info("Going on with the run " + id)
                .with(Field.RETRIES, id)
                .with(Field.ARGUMENTS, arguments)
                .told();
    }

    /** The run that a failure of a run is about: the one that it goes on with, or else itself. */
    public static RetriedRun of(LoggedRun run) {
        RetriedRun retried = run.retried();
        return retried == null ? new RetriedRun(run.id(), run.arguments()) : retried;
    }

    static Optional<RetriedRun> in(LogEvent event) {
        return event.text(Field.RETRIES).map(id -> new RetriedRun(id, LoggedRun.arguments(event)));
    }
}
