package io.meterlake.log;

import java.util.List;
import java.util.Optional;

/**
 * The run that another one goes on with.
 *
 * @param command its words with hyphens, as {@code build}
 * @param arguments its command line, without secrets
 */
public record RetriedRun(String id, String command, List<String> arguments) {
    public RetriedRun {
        arguments = List.copyOf(arguments);
    }

    /** The run that a failure of a run is about: the one that it goes on with, or else itself. */
    public static RetriedRun of(LoggedRun run) {
        RetriedRun retried = run.retried();
        return retried == null ? new RetriedRun(run.id(), run.command(), run.arguments()) : retried;
    }

    /** What the log of the retry says of it. */
    public LogEvent event() {
        return LogEvent.info("Going on with the run " + id)
                .with(Field.RETRIES, id)
                .with(Field.ARGUMENTS, arguments)
                .told();
    }

    static Optional<RetriedRun> in(LogEvent event) {
        return event.text(Field.RETRIES)
                .map(id -> new RetriedRun(id, RunId.command(id).orElse("unknown"), LoggedRun.arguments(event)));
    }
}
