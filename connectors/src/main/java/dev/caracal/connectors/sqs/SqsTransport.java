package dev.caracal.connectors.sqs;

import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.delivery.AwsFailures;
import dev.caracal.connectors.delivery.MessageAttribute;
import dev.caracal.connectors.delivery.Outcome;
import dev.caracal.connectors.delivery.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Sends to queues, in whatever region they are. */
public final class SqsTransport implements Transport<SqsDelivery> {

    private final AwsClients clients;
    private final Map<String, SqsClient> clientsByRegion = new ConcurrentHashMap<>();

    private SqsTransport(AwsSettings aws) {
        this.clients = new AwsClients(aws);
    }

    /** Makes transports for the tasks. */
    public static Transport.Factory<SqsDelivery> factory(AwsSettings aws) {
        return () -> new SqsTransport(aws);
    }

    @Override
    public Outcome send(SqsDelivery delivery) {
        try {
            clientsByRegion
                    .computeIfAbsent(delivery.region(), clients::sqs)
                    .sendMessage(request(delivery));
            return new Outcome.Delivered();
        } catch (SdkException e) {
            return AwsFailures.outcome(e);
        }
    }

    private static SendMessageRequest request(SqsDelivery delivery) {
        SendMessageRequest.Builder request =
                SendMessageRequest.builder()
                        .queueUrl(delivery.queueUrl())
                        .messageBody(delivery.body())
                        .messageAttributes(attributes(delivery.attributes()));
        if (delivery.isFifo()) {
            request.messageGroupId(delivery.groupId())
                    .messageDeduplicationId(delivery.deduplicationId());
        }
        return request.build();
    }

    private static Map<String, MessageAttributeValue> attributes(
            List<MessageAttribute> attributes) {
        return attributes.stream()
                .collect(
                        Collectors.toMap(
                                MessageAttribute::name,
                                attribute ->
                                        MessageAttributeValue.builder()
                                                .dataType(attribute.dataType())
                                                .stringValue(attribute.value())
                                                .build()));
    }

    @Override
    public void close() {
        clients.close();
    }
}
