package dev.caracal.job.replay;

import java.util.Objects;

/**
 * What a replay has found, as the job would have stored it.
 *
 * @param json a line of the job's matches, rule errors or alerts
 */
public record Finding(Kind kind, byte[] json) {

    /** What was found. */
    public enum Kind {
        /** A rule matched an event, or failed on it. */
        MATCH,
        /** An alert was made, or updated. */
        ALERT
    }

    public Finding {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(json, "json is null");
    }
}
