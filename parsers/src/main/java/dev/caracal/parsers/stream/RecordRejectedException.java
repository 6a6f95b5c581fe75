package dev.caracal.parsers.stream;

import java.io.IOException;

/** One record of a log stream cannot be handed on; those after it still can. */
public final class RecordRejectedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String excerpt;

    /**
     * @param reason short and countable, for example {@code record-too-long}
     * @param message what is wrong, with the value and what was expected
     * @param excerpt the beginning of the record
     */
    public RecordRejectedException(String reason, String message, String excerpt) {
        super(message);
        this.reason = reason;
        this.excerpt = excerpt;
    }

    public String reason() {
        return reason;
    }

    public String excerpt() {
        return excerpt;
    }
}
