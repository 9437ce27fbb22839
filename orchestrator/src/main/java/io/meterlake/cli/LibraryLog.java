package io.meterlake.cli;

import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogSink;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * While it is open, what libraries log comes to Meterlake's own log as well: Hudi, Hadoop and Trino's driver log by way of
 * SLF4J or directly to {@code java.util.logging}. Only what is severe: they are talkative.
 */
final class LibraryLog extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final LogSink sink;
    private final List<Handler> replaced;
    private final Formatter formatter = new SimpleFormatter();

    private LibraryLog(LogSink sink, List<Handler> replaced) {
        this.sink = sink;
        this.replaced = replaced;
        setLevel(Level.SEVERE);
        replaced.forEach(ROOT::removeHandler);
        ROOT.addHandler(this);
    }

    /** Beside what prints their messages already. */
    static LibraryLog beside(LogSink sink) {
        return new LibraryLog(sink, List.of());
    }

    /** In the place of what prints their messages. */
    static LibraryLog instead(LogSink sink) {
        return new LibraryLog(sink, List.of(ROOT.getHandlers()));
    }

    @Override
    public void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        String message = formatter.formatMessage(logged);
        String text = message == null ? "" : message;
        // No error of the command's own: that is told by what the command makes of it.
        LogEvent event = LogEvent.warning(text).with(Field.LOGGER, String.valueOf(logged.getLoggerName()));
        Throwable thrown = logged.getThrown();
        sink.write((thrown == null ? event : event.with(Field.TRACE, FailureReport.trace(thrown))).told());
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
        replaced.forEach(ROOT::addHandler);
    }
}
