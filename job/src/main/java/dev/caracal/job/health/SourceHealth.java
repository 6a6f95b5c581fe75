package dev.caracal.job.health;

import java.util.Objects;

/**
 * What is known of the health of one log source. Immutable; times are processing time, 0 for none.
 *
 * @param countedUntilMillis when the counts are judged, and begin anew
 * @param lastRecordMillis when records came last, or when watching began
 * @param silentAtMillis when it is looked whether the source is silent
 */
public record SourceHealth(
        String label,
        long accepted,
        long rejected,
        long countedUntilMillis,
        long lastRecordMillis,
        long silentAtMillis) {

    public SourceHealth {
        Objects.requireNonNull(label, "label is null");
    }

    static SourceHealth unknown(String label) {
        return new SourceHealth(label, 0, 0, 0, 0, 0);
    }

    SourceHealth add(SourceCount count, long now) {
        return new SourceHealth(
                count.sourceLabel(),
                accepted + count.accepted(),
                rejected + count.rejected(),
                countedUntilMillis,
                now,
                silentAtMillis);
    }

    SourceHealth countedUntil(long millis) {
        return new SourceHealth(
                label, accepted, rejected, millis, lastRecordMillis, silentAtMillis);
    }

    SourceHealth countedAnew() {
        return new SourceHealth(label, 0, 0, 0, lastRecordMillis, silentAtMillis);
    }

    SourceHealth heardAt(long millis) {
        return new SourceHealth(
                label, accepted, rejected, countedUntilMillis, millis, silentAtMillis);
    }

    SourceHealth silentAt(long millis) {
        return new SourceHealth(
                label, accepted, rejected, countedUntilMillis, lastRecordMillis, millis);
    }

    long records() {
        return accepted + rejected;
    }

    /** From 0 to 1. */
    double rejectedShare() {
        return records() == 0 ? 0 : rejected / (double) records();
    }
}
