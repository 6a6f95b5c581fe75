package dev.caracal.connectors.sqs;

import java.util.Objects;

/**
 * A message of one of several queues, or word that a queue cannot be polled.
 *
 * @param note of the queue, as its {@link QueueSet} has it
 * @param message without id and body if the queue cannot be polled
 * @param failureReason short and countable, such as {@code access-denied}; empty for a message
 * @param failure what SQS says; empty for a message
 */
public record QueueMessage(String note, SqsMessage message, String failureReason, String failure) {

    public QueueMessage {
        Objects.requireNonNull(note, "note is null");
        Objects.requireNonNull(message, "message is null");
        Objects.requireNonNull(failureReason, "failureReason is null");
        Objects.requireNonNull(failure, "failure is null");
    }

    public static QueueMessage of(String note, SqsMessage message) {
        return new QueueMessage(note, message, "", "");
    }

    static QueueMessage failed(String note, String queueUrl, RuntimeException failure) {
        return new QueueMessage(
                note,
                new SqsMessage(queueUrl, "", "", 0, 0),
                SqsFailures.reason(failure),
                String.valueOf(failure.getMessage()));
    }

    public boolean isFailure() {
        return !failureReason.isEmpty();
    }
}
