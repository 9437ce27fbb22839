package io.meterlake.log;

/** Takes events as they happen. Thread-safe; never throws for want of a disk or a reader. */
public interface LogSink {
    void write(LogEvent event);

    /** Both take everything, the first one first. */
    static LogSink both(LogSink first, LogSink second) {
        return event -> {
            first.write(event);
            second.write(event);
        };
    }
}
