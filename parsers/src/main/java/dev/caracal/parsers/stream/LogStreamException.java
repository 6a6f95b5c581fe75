package dev.caracal.parsers.stream;

import java.io.IOException;

/** The rest of an object cannot be cut into records; the records before were good. */
public final class LogStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason short and countable, for example {@code wrong-charset}
     * @param message what is wrong, with the value and what was expected
     */
    public LogStreamException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
