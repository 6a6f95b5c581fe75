package dev.caracal.cli.flink;

import java.io.IOException;

/** A Flink cluster has refused a request; the message has its reason. */
public final class FlinkRefusalException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    FlinkRefusalException(int status, String address, String reason) {
        super(
                "Flink refused "
                        + address
                        + " (status "
                        + status
                        + ")"
                        + (reason.isEmpty() ? "" : ": " + reason));
        this.status = status;
        this.reason = reason;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What Flink says of it, one line; may be empty. */
    public String reason() {
        return reason;
    }
}
