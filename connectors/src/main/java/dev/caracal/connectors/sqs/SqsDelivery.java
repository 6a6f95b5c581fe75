package dev.caracal.connectors.sqs;

import dev.caracal.connectors.delivery.Delivery;
import dev.caracal.connectors.delivery.MessageAttribute;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A message for a queue.
 *
 * @param destination id of the destination
 * @param attributes at most 10, SQS's limit
 * @param groupId what must stay in order, for FIFO queues
 * @param deduplicationId the same for the same message sent again, for FIFO queues
 */
public record SqsDelivery(
        String destination,
        String queueUrl,
        String body,
        List<MessageAttribute> attributes,
        String groupId,
        String deduplicationId)
        implements Delivery {

    /** Of one message, attributes included; what every queue takes. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final String HOST_START = "sqs.";

    public SqsDelivery {
        Objects.requireNonNull(destination, "destination is null");
        Objects.requireNonNull(queueUrl, "queueUrl is null");
        Objects.requireNonNull(body, "body is null");
        Objects.requireNonNull(groupId, "groupId is null");
        Objects.requireNonNull(deduplicationId, "deduplicationId is null");
        attributes = List.copyOf(attributes);
    }

    @Override
    public String text() {
        return body;
    }

    boolean isFifo() {
        return queueUrl.endsWith(".fifo");
    }

    /** The region in {@code https://sqs.REGION.amazonaws.com/…}; empty for another form. */
    String region() {
        String host = String.valueOf(URI.create(queueUrl).getHost());
        return host.startsWith(HOST_START) && host.contains(".amazonaws.")
                ? host.substring(HOST_START.length(), host.indexOf(".amazonaws."))
                : "";
    }
}
