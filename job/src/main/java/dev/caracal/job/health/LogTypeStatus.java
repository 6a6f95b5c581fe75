package dev.caracal.job.health;

import java.util.Objects;

/**
 * What has come of one log type from a log source since it was added.
 *
 * @param logType empty for records that no log type took
 * @param objects whose last record was of the log type
 * @param lastReceivedMillis processing time when records came last
 * @param lastEventMillis the latest time that an event has; 0 if there is none
 */
public record LogTypeStatus(
        String logType,
        long records,
        long bytes,
        long objects,
        long events,
        long lastReceivedMillis,
        long lastEventMillis) {

    public LogTypeStatus {
        Objects.requireNonNull(logType, "logType is null");
    }

    static LogTypeStatus none(String logType) {
        return new LogTypeStatus(logType, 0, 0, 0, 0, 0, 0);
    }

    LogTypeStatus add(SourceCount count, long now) {
        return new LogTypeStatus(
                logType,
                records + count.records(),
                bytes + count.bytes(),
                objects + count.objects(),
                events + count.events(),
                now,
                Math.max(lastEventMillis, count.lastEventMillis()));
    }
}
