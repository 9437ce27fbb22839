package io.meterlake.cli;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The stream of a command's result. A {@link PrintStream} keeps a failure to itself, and a cut-off result would pass for
 * a whole one; this one throws at the first write that fails, {@code RESULT_NOT_WRITTEN} or, if the reader has gone away
 * as {@code head} does, {@code READER_GONE}. What is written after that is dropped. Not thread-safe.
 */
final class ResultStream extends OutputStream {
    private final OutputStream target;
    private final boolean isPipe;
    private boolean failed;

    private ResultStream(OutputStream target, boolean isPipe) {
        this.target = target;
        this.isPipe = isPipe;
    }

    /**
     * UTF-8 whatever the locale says: a report's bytes must not depend on it.
     *
     * @param isPipe whether another program reads it, so that a failed write means that it has ended
     */
    static PrintStream printing(OutputStream target, boolean isPipe) {
        return new PrintStream(new ResultStream(target, isPipe), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failed) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void flush() {
        if (failed) {
            return;
        }
        try {
            target.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private MeterlakeException failure(IOException cause) {
        failed = true;
        String reason = FailedIo.reason(cause);
        boolean readerGone = isPipe || reason.contains("Broken pipe");
        return new MeterlakeException(
                readerGone ? CliErrorCode.READER_GONE : CliErrorCode.RESULT_NOT_WRITTEN,
                "Cannot write the result: " + reason,
                "Make room where the output goes, or send it elsewhere, and run the command again.",
                cause);
    }
}
