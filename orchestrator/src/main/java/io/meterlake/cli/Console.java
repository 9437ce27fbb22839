package io.meterlake.cli;

import io.meterlake.log.LogEvent;
import io.meterlake.log.LogSink;
import io.meterlake.log.TextLog;
import java.io.PrintStream;

/**
 * Where a command writes. Results go to {@code out}, everything else to {@code err}.
 *
 * @param out the result; nothing else ever goes there
 * @param err messages and progress
 * @param outIsTerminal whether a person reads {@code out}: tables are drawn then, and CSV is written otherwise
 * @param errIsTerminal whether a person reads {@code err}: progress is drawn in place then
 * @param log where messages go: to {@code err} as text or JSON, and to the log that is kept of the command
 */
public record Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, LogSink log) {
    /** One whose messages are text. */
    public Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
        this(out, err, outIsTerminal, errIsTerminal, new TextLog(err));
    }

    /** A line for the person who waits. */
    public void note(String line) {
        log.write(LogEvent.info(line));
    }

    /** The same streams with messages going elsewhere. */
    Console withLog(LogSink other) {
        return new Console(out, err, outIsTerminal, errIsTerminal, other);
    }

    /** One on whose {@code err} nothing is drawn in place. */
    Console withoutDrawing() {
        return new Console(out, err, outIsTerminal, false, log);
    }
}
