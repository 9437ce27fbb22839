package io.meterlake.format;

import io.meterlake.error.MeterlakeException;
import org.jspecify.annotations.Nullable;

/** A file is void as a whole; no reading of it may be used. Ask the sender for it again, or mend it by hand. */
public final class UnreadableFileException extends MeterlakeException {
    private static final long serialVersionUID = 1L;

    public UnreadableFileException(String message, String hint) {
        this(message, hint, null);
    }

    public UnreadableFileException(String message, String hint, @Nullable Throwable cause) {
        super(FormatErrorCode.UNREADABLE_FILE, message, hint, cause);
    }
}
