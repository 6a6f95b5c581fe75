package dev.caracal.connectors.sns;

import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** A topic reached by the AWS SDK. */
final class SnsClientTopic implements SnsTopic {

    private final String topicArn;
    private final AwsClients clients;
    private final SnsClient sns;

    SnsClientTopic(String topicArn, AwsSettings aws) {
        this.topicArn = topicArn;
        this.clients = new AwsClients(aws);
        this.sns = clients.sns();
    }

    @Override
    public List<Failure> publish(List<SnsEntry> entries) {
        List<PublishBatchRequestEntry> batch =
                IntStream.range(0, entries.size())
                        .mapToObj(index -> entry(index, entries.get(index).message()))
                        .toList();
        return sns
                .publishBatch(r -> r.topicArn(topicArn).publishBatchRequestEntries(batch))
                .failed()
                .stream()
                .map(
                        failed ->
                                new Failure(
                                        Integer.parseInt(failed.id()),
                                        String.valueOf(failed.code()),
                                        String.valueOf(failed.message()),
                                        Boolean.TRUE.equals(failed.senderFault())))
                .toList();
    }

    private static PublishBatchRequestEntry entry(int id, SnsMessage message) {
        PublishBatchRequestEntry.Builder entry =
                PublishBatchRequestEntry.builder()
                        .id(Integer.toString(id))
                        .message(message.body())
                        .messageAttributes(attributes(message.attributes()));
        if (!message.subject().isEmpty()) {
            entry.subject(message.subject());
        }
        return entry.build();
    }

    private static Map<String, MessageAttributeValue> attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                attribute ->
                                        MessageAttributeValue.builder()
                                                .dataType("String")
                                                .stringValue(attribute.getValue())
                                                .build()));
    }

    @Override
    public void close() {
        clients.close();
    }
}
