package dev.caracal.rules;

import java.util.List;
import java.util.Objects;

/**
 * The state of one dedup period: an alert in the making or made. Immutable.
 *
 * @param alert as it stands; not for people before its creation time is set
 * @param threshold matches before there is an alert, as the rule had it at the first match
 * @param counted matches that count towards the threshold: those of a rule with a {@code unique}
 *     function only if they bring a new value; it stops at the threshold
 * @param uniques the values so far, until the threshold is reached
 * @param isNewAlert whether the last match was the one that reached the threshold
 * @param endMillis when the period is over, as the rule had it at the first match; on the clock of
 *     {@link AlertGrouping#add}
 */
public record AlertPeriod(
        Alert alert,
        int threshold,
        int counted,
        List<String> uniques,
        boolean isNewAlert,
        long endMillis) {

    public AlertPeriod {
        Objects.requireNonNull(alert, "alert is null");
    }

    /** Whether the threshold has been reached. */
    public boolean isAlert() {
        return counted >= threshold;
    }
}
