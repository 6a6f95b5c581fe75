package dev.caracal.rules;

import java.util.Objects;

/**
 * The state of one dedup period: an alert in the making or made. Immutable.
 *
 * @param alert as it stands; not for people before its creation time is set
 * @param threshold matches before there is an alert, as the rule had it at the first match
 * @param endMillis when the period is over, as the rule had it at the first match; on the clock of
 *     {@link AlertGrouping#add}
 */
public record AlertPeriod(Alert alert, int threshold, long endMillis) {

    public AlertPeriod {
        Objects.requireNonNull(alert, "alert is null");
    }

    /** Whether the threshold has been crossed. */
    public boolean isAlert() {
        return alert.eventCount() >= threshold;
    }

    /** Whether the last match was the one that crossed the threshold. */
    public boolean isNewAlert() {
        return alert.eventCount() == threshold;
    }
}
