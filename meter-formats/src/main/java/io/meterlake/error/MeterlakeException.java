package io.meterlake.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can read: {@code Cannot <action> <thing>: <reason and values>}, and a hint that says how to
 * mend it. The command line prints both and ends with the code's exit code.
 */
public class MeterlakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String hint;

    /**
     * @param message {@code Cannot <action> <thing>: <reason and values>}, without a full stop
     * @param hint what to do, as a sentence; printed after {@code Fix: }
     */
    public MeterlakeException(ErrorCode code, String message, String hint) {
        this(code, message, hint, null);
    }

    public MeterlakeException(ErrorCode code, String message, String hint, @Nullable Throwable cause) {
        super(requireNonNull(message, "message is null"), cause);
        this.code = requireNonNull(code, "code is null");
        this.hint = requireNonNull(hint, "hint is null");
    }

    public ErrorCode code() {
        return code;
    }

    public String hint() {
        return hint;
    }
}
