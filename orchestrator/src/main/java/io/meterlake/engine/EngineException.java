package io.meterlake.engine;

import io.meterlake.error.MeterlakeException;
import org.jspecify.annotations.Nullable;

/** A statement that failed, with what Trino said about it. */
public final class EngineException extends MeterlakeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable String queryId;

    EngineException(
            EngineErrorCode code,
            String message,
            String reason,
            String hint,
            @Nullable String queryId,
            @Nullable Throwable cause) {
        super(code, message, hint, cause);
        this.reason = reason;
        this.queryId = queryId;
    }

    /** Nobody answers, or nobody is known who could. */
    public static EngineException stackDown(String reason, @Nullable Throwable cause) {
        return new EngineException(
                EngineErrorCode.STACK_DOWN,
                "Cannot reach Trino: " + reason,
                reason,
                "Start the stack with `./meterlake stack up` (`./meterlake stack status` shows it), or set trino.url to"
                        + " another Trino.",
                null,
                cause);
    }

    /** Trino does not know who asks, or is not known itself. */
    static EngineException accessRefused(String message, String hint, Throwable cause) {
        return new EngineException(EngineErrorCode.ACCESS_REFUSED, message, message, hint, null, cause);
    }

    /** Trino's own words, such as {@code line 1:8: Column 'x' cannot be resolved}. */
    public String reason() {
        return reason;
    }

    /** Trino's id of the failed query; null if the statement never got one. */
    public @Nullable String queryId() {
        return queryId;
    }
}
