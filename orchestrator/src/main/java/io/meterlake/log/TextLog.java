package io.meterlake.log;

import java.io.PrintStream;

/** Events as lines for a person: the message, the fix below it, and a stack trace if there is one. */
public record TextLog(PrintStream out) implements LogSink {
    @Override
    public void write(LogEvent event) {
        if (event.isTold()) {
            return;
        }
        out.println(event.message());
        event.text(Field.FIX).ifPresent(fix -> out.println("Fix: " + fix));
        event.text(Field.TRACE).ifPresent(out::print);
    }
}
