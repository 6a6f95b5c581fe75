package dev.caracal.parsers;

import java.util.Objects;

/**
 * A normalised log record: its JSON in the form that rules and the data lake see, and the core
 * fields that later stages route by.
 *
 * <p>The JSON holds everything, the {@code p_} fields included, as one object in UTF-8 without line
 * breaks. Treat the array as immutable: it is shared between operators.
 *
 * @param logType name of the log type, for example {@code AWS.CloudTrail}
 * @param rowId the record's {@code p_row_id}, derived from its object and position, so that a
 *     replay gives the same one
 * @param eventTimeMillis {@code p_event_time} in milliseconds since the epoch
 * @param parseTimeMillis {@code p_parse_time} in milliseconds since the epoch
 * @param sourceId id of the log source, empty if unknown
 */
public record Event(
        String logType,
        String rowId,
        long eventTimeMillis,
        long parseTimeMillis,
        String sourceId,
        byte[] json) {

    public Event {
        Objects.requireNonNull(logType, "logType is null");
        Objects.requireNonNull(rowId, "rowId is null");
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(json, "json is null");
    }
}
