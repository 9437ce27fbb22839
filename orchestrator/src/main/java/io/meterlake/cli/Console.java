package io.meterlake.cli;

import java.io.PrintStream;

/**
 * Where a command writes. Results go to {@code out}, everything else to {@code err}.
 *
 * @param out the result; nothing else ever goes there
 * @param err messages and progress
 * @param outIsTerminal whether a person reads {@code out}: tables are drawn then, and CSV is written otherwise
 * @param errIsTerminal whether a person reads {@code err}: progress is drawn in place then
 */
public record Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    /** A line for the person who waits. */
    public void note(String line) {
        err.println(line);
    }
}
