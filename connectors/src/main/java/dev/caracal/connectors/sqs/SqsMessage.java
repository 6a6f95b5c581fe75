package dev.caracal.connectors.sqs;

import java.util.Objects;

/**
 * An SQS message without its envelope's delivery fields, which stay with the source.
 *
 * @param queueUrl the queue it came from
 * @param messageId given by SQS
 * @param body as sent
 * @param sentTimeMillis when it was sent, in milliseconds since the epoch; 0 if unknown
 * @param receiveCount how often it has been received, this time included
 */
public record SqsMessage(
        String queueUrl, String messageId, String body, long sentTimeMillis, int receiveCount) {

    public SqsMessage {
        Objects.requireNonNull(queueUrl, "queueUrl is null");
        Objects.requireNonNull(messageId, "messageId is null");
        Objects.requireNonNull(body, "body is null");
    }
}
