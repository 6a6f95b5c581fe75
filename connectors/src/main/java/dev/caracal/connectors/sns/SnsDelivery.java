package dev.caracal.connectors.sns;

import dev.caracal.connectors.delivery.Delivery;
import dev.caracal.connectors.delivery.MessageAttribute;
import java.util.List;
import java.util.Objects;

/**
 * A message for a topic.
 *
 * @param destination id of the destination
 * @param message a JSON object from protocol to text, with {@code default}; the form of {@code
 *     MessageStructure: json} in SNS's {@code Publish}
 * @param subject for e-mail, fewer than 100 printable ASCII characters; empty for none
 * @param groupId what must stay in order, for FIFO topics
 * @param deduplicationId the same for the same message published again, for FIFO topics
 */
public record SnsDelivery(
        String destination,
        String topicArn,
        String message,
        String subject,
        List<MessageAttribute> attributes,
        String groupId,
        String deduplicationId)
        implements Delivery {

    /** Of one message, attributes included; a quota of SNS. */
    public static final int MAX_BYTES = 256 * 1024;

    public SnsDelivery {
        Objects.requireNonNull(destination, "destination is null");
        Objects.requireNonNull(message, "message is null");
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(groupId, "groupId is null");
        Objects.requireNonNull(deduplicationId, "deduplicationId is null");
        if (!topicArn.startsWith("arn:")) {
            throw new IllegalArgumentException(
                    "Topic is '" + topicArn + "', expected arn:aws:sns:REGION:ACCOUNT:NAME");
        }
        attributes = List.copyOf(attributes);
    }

    @Override
    public String text() {
        return message;
    }

    boolean isFifo() {
        return topicArn.endsWith(".fifo");
    }

    String region() {
        String[] parts = topicArn.split(":", -1);
        return parts.length > 3 ? parts[3] : "";
    }
}
