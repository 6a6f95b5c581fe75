package dev.caracal.connectors;

import java.util.Objects;

/**
 * Bad input that a stage could not hand on, with the reason.
 *
 * @param stage name of the stage, for example {@code notification}, {@code read}, {@code parse}
 * @param reason short and countable, for example {@code access-denied}; a metric counts by it
 * @param detail what is wrong in a sentence, with the value and what was expected
 * @param sourceId id of the log source, empty if unknown
 * @param object {@code s3://bucket/key} with the version, or the queue for a message; empty if
 *     unknown
 * @param recordIndex position of the record in its object, -1 if the whole object is meant
 * @param text the bad input itself, whole where it fits
 * @param timeMillis when it was given up, in milliseconds since the epoch
 */
public record DeadLetter(
        String stage,
        String reason,
        String detail,
        String sourceId,
        String object,
        long recordIndex,
        String text,
        long timeMillis) {

    public DeadLetter {
        Objects.requireNonNull(stage, "stage is null");
        Objects.requireNonNull(reason, "reason is null");
        Objects.requireNonNull(detail, "detail is null");
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(object, "object is null");
        Objects.requireNonNull(text, "text is null");
    }
}
