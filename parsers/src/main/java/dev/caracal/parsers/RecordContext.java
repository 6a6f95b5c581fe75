package dev.caracal.parsers;

import java.util.Objects;

/**
 * What is known of a raw record besides its bytes.
 *
 * @param sourceId id of the log source, empty if unknown
 * @param sourceLabel label of the log source, empty if unknown
 * @param objectId identity of the object that held the record (bucket, key and version or ETag);
 *     {@code p_row_id} is derived from it
 * @param recordIndex position of the record in its object, from 0
 * @param header the object's first record, which names the columns of delimited log types; empty
 *     when there is none
 * @param parseTimeMillis the wall clock, in milliseconds since the epoch
 */
public record RecordContext(
        String sourceId,
        String sourceLabel,
        String objectId,
        long recordIndex,
        byte[] header,
        long parseTimeMillis) {

    public RecordContext {
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(sourceLabel, "sourceLabel is null");
        Objects.requireNonNull(objectId, "objectId is null");
        Objects.requireNonNull(header, "header is null");
        if (recordIndex < 0) {
            throw new IllegalArgumentException("recordIndex is negative: " + recordIndex);
        }
    }
}
