package io.meterlake.format.text;

import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;

/**
 * Passes on what a parser pushes, but of the rejects of one line only the first hundred, and then how many more there
 * were: XML and JSON may have no line breaks at all, and the rejects of a line are kept as one row. Not thread-safe.
 */
public final class RejectsByLine implements ReadingSink {
    private static final int MOST = 100;

    private final ReadingSink sink;
    private long line = -1;
    private long ofLine;

    public RejectsByLine(ReadingSink sink) {
        this.sink = sink;
    }

    @Override
    public int series(Series series) {
        return sink.series(series);
    }

    @Override
    public int grade(Grade grade) {
        return sink.grade(grade);
    }

    @Override
    public void reading(int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        sink.reading(series, startMicros, scaledValue, grade, recordedAtMicros, line);
    }

    @Override
    public void reject(Reject reject) {
        if (reject.line() != line) {
            finish();
            line = reject.line();
            ofLine = 0;
        }
        ofLine++;
        if (ofLine <= MOST) {
            sink.reject(reject);
        }
    }

    /** To be called when there is no more: tells of the rejects that were held back. */
    public void finish() {
        if (ofLine > MOST) {
            sink.reject(new Reject(
                    line,
                    "",
                    "%d more records of this line were refused".formatted(ofLine - MOST),
                    "Give each record a line of its own to see them all: xmllint --format, or jq.",
                    ""));
            ofLine = 0;
        }
    }
}
