package dev.caracal.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What changes of an alert, in the making or made, in the course of its dedup period. Immutable,
 * and small, as it is written with every match; what stays the same is in the {@link Alert} that
 * the period's first match opened. Times are on the clock that the matches are counted by.
 *
 * @param threshold matches before there is an alert, as the rule had it at the first match
 * @param counted matches that count towards the threshold: those of a rule with a {@code unique}
 *     function only if they bring a new value; it stops at the threshold
 * @param eventCount matches so far
 * @param writtenCount matches of which people have been told; 0 before there is an alert
 * @param logTypes of the matches, at most {@link #MAX_LOG_TYPES}
 * @param creationTimeMillis when the threshold was reached; 0 before
 * @param updateAtMillis when the matches since the last record are told; 0 if there are none
 * @param endMillis when the period is over, as the rule had it at the first match
 */
public record AlertPeriod(
        String alertId,
        int threshold,
        int counted,
        long eventCount,
        long writtenCount,
        List<String> logTypes,
        long firstMatchTimeMillis,
        long lastMatchTimeMillis,
        long creationTimeMillis,
        long updateAtMillis,
        long endMillis) {

    /** Log types that an alert keeps. */
    public static final int MAX_LOG_TYPES = 100;

    public AlertPeriod {
        Objects.requireNonNull(alertId, "alertId is null");
        Objects.requireNonNull(logTypes, "logTypes is null");
    }

    /** A period with its first match. */
    static AlertPeriod begin(Alert opened, int threshold, Duration length) {
        long now = opened.firstMatchTimeMillis();
        return new AlertPeriod(
                opened.alertId(),
                threshold,
                1,
                1,
                0,
                opened.logTypes(),
                now,
                now,
                threshold == 1 ? now : 0,
                0,
                now + length.toMillis());
    }

    /**
     * With one more match.
     *
     * @param counts whether it counts towards the threshold
     */
    public AlertPeriod add(String logType, boolean counts, long nowMillis) {
        int newCounted = counts && counted < threshold ? counted + 1 : counted;
        boolean reached = creationTimeMillis == 0 && newCounted == threshold;
        return new AlertPeriod(
                alertId,
                threshold,
                newCounted,
                eventCount + 1,
                writtenCount,
                with(logType),
                Math.min(firstMatchTimeMillis, nowMillis),
                Math.max(lastMatchTimeMillis, nowMillis),
                reached ? nowMillis : creationTimeMillis,
                updateAtMillis,
                endMillis);
    }

    private List<String> with(String logType) {
        boolean isKnown = logType.isEmpty() || logTypes.contains(logType);
        if (isKnown || logTypes.size() >= MAX_LOG_TYPES) {
            return logTypes;
        }
        var more = new ArrayList<String>(logTypes);
        more.add(logType);
        return more;
    }

    /** After people have been told of all matches so far. */
    public AlertPeriod written() {
        return with(eventCount, 0);
    }

    /** With a time at which people are told of the matches since the last record. */
    public AlertPeriod updateAt(long millis) {
        return with(writtenCount, millis);
    }

    private AlertPeriod with(long newWrittenCount, long newUpdateAtMillis) {
        return new AlertPeriod(
                alertId,
                threshold,
                counted,
                eventCount,
                newWrittenCount,
                logTypes,
                firstMatchTimeMillis,
                lastMatchTimeMillis,
                creationTimeMillis,
                newUpdateAtMillis,
                endMillis);
    }

    /** Whether the threshold has been reached. */
    public boolean isAlert() {
        return counted >= threshold;
    }

    /** Whether this is an alert that nobody has been told of. */
    public boolean isNewAlert() {
        return isAlert() && writtenCount == 0;
    }

    /** Whether this is an alert with matches of which nobody has been told. */
    public boolean isUnwritten() {
        return isAlert() && eventCount > writtenCount;
    }
}
