package dev.caracal.connectors.delivery;

import java.time.Duration;

/** What came of one attempt at a delivery. Reasons are countable, details hold no secret. */
public sealed interface Outcome {

    /** The destination has taken it. */
    record Delivered() implements Outcome {}

    /**
     * It failed for a while.
     *
     * @param atLeast what the destination asks to wait, zero if it does not say
     */
    record TryAgain(String reason, String detail, Duration atLeast) implements Outcome {

        public TryAgain(String reason, String detail) {
            this(reason, detail, Duration.ZERO);
        }
    }

    /** It failed for good. */
    record GiveUp(String reason, String detail) implements Outcome {}
}
