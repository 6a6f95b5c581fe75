package dev.caracal.job.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What has come from a log source since it was added.
 *
 * @param label for people
 * @param exists false if the log source has been removed
 * @param logTypes one entry for each log type of which something came
 */
public record SourceStatus(
        String sourceId, String label, boolean exists, List<LogTypeStatus> logTypes) {

    public SourceStatus {
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(logTypes, "logTypes is null");
    }

    static SourceStatus none(String sourceId, String label) {
        return new SourceStatus(sourceId, label, true, List.of());
    }

    SourceStatus labelled(String newLabel) {
        return new SourceStatus(sourceId, newLabel, true, logTypes);
    }

    SourceStatus removed() {
        return new SourceStatus(sourceId, label, false, List.of());
    }

    SourceStatus add(SourceCount count, long now) {
        List<LogTypeStatus> added = new ArrayList<>();
        LogTypeStatus counted = LogTypeStatus.none(count.logType());
        for (LogTypeStatus status : logTypes) {
            if (status.logType().equals(count.logType())) {
                counted = status;
            } else {
                added.add(status);
            }
        }
        added.add(counted.add(count, now));
        return new SourceStatus(sourceId, count.sourceLabel(), true, added);
    }

    /** Processing time when a record came last that a log type took; 0 for never. */
    public long lastReceivedMillis() {
        return logTypes.stream()
                .filter(status -> !status.logType().isEmpty())
                .mapToLong(LogTypeStatus::lastReceivedMillis)
                .max()
                .orElse(0);
    }
}
