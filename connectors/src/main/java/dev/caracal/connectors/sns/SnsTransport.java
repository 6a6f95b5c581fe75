package dev.caracal.connectors.sns;

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
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Publishes to topics, in whatever region they are. */
public final class SnsTransport implements Transport<SnsDelivery> {

    private final AwsClients clients;
    private final Map<String, SnsClient> clientsByRegion = new ConcurrentHashMap<>();

    private SnsTransport(AwsSettings aws) {
        this.clients = new AwsClients(aws);
    }

    /** Makes transports for the tasks. */
    public static Transport.Factory<SnsDelivery> factory(AwsSettings aws) {
        return () -> new SnsTransport(aws);
    }

    @Override
    public Outcome send(SnsDelivery delivery) {
        try {
            clientsByRegion
                    .computeIfAbsent(delivery.region(), clients::sns)
                    .publish(request(delivery));
            return new Outcome.Delivered();
        } catch (SdkException e) {
            return AwsFailures.outcome(e);
        }
    }

    private static PublishRequest request(SnsDelivery delivery) {
        PublishRequest.Builder request =
                PublishRequest.builder()
                        .topicArn(delivery.topicArn())
                        .messageStructure("json")
                        .message(delivery.message())
                        .messageAttributes(attributes(delivery.attributes()));
        if (!delivery.subject().isEmpty()) {
            request.subject(delivery.subject());
        }
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
