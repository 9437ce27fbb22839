package io.meterlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows a failure: what and why and how to mend it, with a stack trace only for those who ask. */
final class FailureReport {
    private final Console console;
    private final boolean debug;

    FailureReport(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /** Prints it and returns the exit status. With {@code json} the failure is the one document on stdout. */
    int show(Throwable failure, boolean json) {
        if (failure instanceof MeterlakeException foreseen) {
            print(foreseen.code().name(), message(foreseen), foreseen.hint(), json);
            trace(failure);
            return foreseen.code().exitCode().status();
        }
        String reason = failure.getMessage() == null
                ? failure.getClass().getName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        print(
                "UNEXPECTED",
                "Cannot go on: " + reason,
                debug
                        ? "Report this with the stack trace below."
                        : "Run it again with --debug and report what it shows.",
                json);
        trace(failure);
        return ExitCode.FAILED.status();
    }

    private static String message(MeterlakeException foreseen) {
        return foreseen.getMessage() == null ? foreseen.code().name() : foreseen.getMessage();
    }

    private void print(String code, String message, String hint, boolean json) {
        if (json) {
            Map<String, String> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            error.put("fix", hint);
            try {
                console.out().println(new ObjectMapper().writeValueAsString(Map.of("error", error)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("strings are always JSON", e);
            }
        }
        console.err().println(message);
        console.err().println("Fix: " + hint);
    }

    private void trace(Throwable failure) {
        if (debug) {
            failure.printStackTrace(console.err());
        }
    }
}
