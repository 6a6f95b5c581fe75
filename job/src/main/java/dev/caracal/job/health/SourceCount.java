package dev.caracal.job.health;

import java.util.Objects;

/**
 * What became of some records of a log source.
 *
 * @param logType the one that took the records; empty if none did, which rejects them
 * @param bytes of the records, decompressed
 * @param objects that end with these records
 * @param events that were made of them
 * @param lastEventMillis the latest time that an event of them has; 0 if there is none
 */
public record SourceCount(
        String sourceId,
        String sourceLabel,
        String logType,
        long records,
        long bytes,
        long objects,
        long events,
        long lastEventMillis) {

    public SourceCount {
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(sourceLabel, "sourceLabel is null");
        Objects.requireNonNull(logType, "logType is null");
    }

    /** Records that a log type took. */
    long accepted() {
        return logType.isEmpty() ? 0 : records;
    }

    /** Records that none did. */
    long rejected() {
        return logType.isEmpty() ? records : 0;
    }
}
