package io.meterlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.error.ExitCode;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows a failure: what and why and how to mend it, with a stack trace only for those who ask. */
final class FailureReport {
    /** What the shell gives for a program that is ended by SIGPIPE: 128 + 13. */
    static final int READER_GONE = 141;

    private final Console console;
    private final boolean debug;

    FailureReport(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /** Prints it and returns the exit status. With {@code json} the failure is the one document on stdout. */
    int show(Throwable failure, boolean json) {
        return show(failure, json ? Map.of() : null);
    }

    /** @param document what the one document on stdout says beside the failure; null for no document */
    int show(Throwable failure, @Nullable Map<String, Object> document) {
        if (failure instanceof MeterlakeException foreseen) {
            if (foreseen.code() == CliErrorCode.READER_GONE) {
                return READER_GONE;
            }
            print(failure, foreseen.code().name(), message(foreseen), foreseen.hint(), document);
            return foreseen.code().exitCode().status();
        }
        if (failure instanceof UncheckedIOException notForeseen) {
            IOException cause = Objects.requireNonNull(notForeseen.getCause(), "it has one always");
            String what =
                    notForeseen.getMessage() == null || notForeseen.getMessage().equals(cause.toString())
                            ? "Cannot read or write a file"
                            : notForeseen.getMessage();
            print(
                    failure,
                    CliErrorCode.FILE_FAILED.name(),
                    what + ": " + FailedIo.reason(cause),
                    FailedIo.fix(cause),
                    document);
            return CliErrorCode.FILE_FAILED.exitCode().status();
        }
        String reason = failure.getMessage() == null
                ? failure.getClass().getName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        print(
                failure,
                "UNEXPECTED",
                "Cannot go on: " + reason,
                debug
                        ? "Report this with the stack trace below."
                        : "Run it again with --debug and report what it shows.",
                document);
        return ExitCode.FAILED.status();
    }

    private static String message(MeterlakeException foreseen) {
        return foreseen.getMessage() == null ? foreseen.code().name() : foreseen.getMessage();
    }

    private void print(
            Throwable failure, String code, String message, String hint, @Nullable Map<String, Object> document) {
        if (document != null) {
            Map<String, Object> whole = new LinkedHashMap<>(document);
            Map<String, String> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            error.put("fix", hint);
            whole.put("error", error);
            try {
                console.out().println(new ObjectMapper().writeValueAsString(whole));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("strings are always JSON", e);
            } catch (MeterlakeException e) {
                // stdout is full or gone; stderr is left to say so.
            }
        }
        LogEvent event = LogEvent.error(message).with(Field.CODE, code).with(Field.FIX, hint);
        console.log().write(debug ? event.with(Field.TRACE, trace(failure)) : event);
    }

    /** The stack trace as Java prints it. */
    static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
