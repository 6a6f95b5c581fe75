package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.Serial;

/**
 * An object cannot be read, or not further, and to try again is of no use. Stores, decompression
 * and cutters throw it; the object ends in a dead letter with this reason.
 */
public final class UnreadableObjectException extends IOException {

    /** The content is not the one that an earlier part was read from. */
    public static final String CHANGED = "changed";

    @Serial private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason short and countable, for example {@code access-denied}
     * @param message what is wrong in a sentence, with the value and what was expected
     */
    public UnreadableObjectException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UnreadableObjectException(String reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
