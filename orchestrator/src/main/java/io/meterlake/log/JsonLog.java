package io.meterlake.log;

import java.io.PrintStream;
import java.time.InstantSource;

/** Events as lines of JSON, for a program that collects logs. */
public record JsonLog(PrintStream out, InstantSource clock, String runId) implements LogSink {
    @Override
    public void write(LogEvent event) {
        if (event.isBlank()) {
            return;
        }
        out.println(new LogLine(clock.instant(), runId, event).json());
    }
}
