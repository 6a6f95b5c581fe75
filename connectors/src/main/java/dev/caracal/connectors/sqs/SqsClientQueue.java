package dev.caracal.connectors.sqs;

import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A queue reached by the AWS SDK. */
final class SqsClientQueue implements SqsQueue {

    private final SqsSourceSettings settings;
    private final AwsClients clients;
    private final SqsClient sqs;

    SqsClientQueue(SqsSourceSettings settings, AwsSettings aws) {
        this.settings = settings;
        this.clients = new AwsClients(aws);
        this.sqs = clients.sqs();
    }

    @Override
    public List<ReceivedMessage> receive(int maxMessages) {
        return sqs
                .receiveMessage(
                        request ->
                                request.queueUrl(settings.queueUrl())
                                        .maxNumberOfMessages(maxMessages)
                                        .waitTimeSeconds((int) settings.waitTime().toSeconds())
                                        .visibilityTimeout(
                                                (int) settings.visibilityTimeout().toSeconds())
                                        .messageSystemAttributeNames(
                                                MessageSystemAttributeName.SENT_TIMESTAMP,
                                                MessageSystemAttributeName
                                                        .APPROXIMATE_RECEIVE_COUNT))
                .messages()
                .stream()
                .map(this::received)
                .toList();
    }

    private ReceivedMessage received(Message message) {
        String sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
        String count =
                message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return new ReceivedMessage(
                message.receiptHandle(),
                new SqsMessage(
                        settings.queueUrl(),
                        message.messageId(),
                        message.body(),
                        sent == null ? 0 : Long.parseLong(sent),
                        count == null ? 1 : Integer.parseInt(count)));
    }

    @Override
    public List<Failure> delete(List<String> receiptHandles) {
        List<DeleteMessageBatchRequestEntry> entries =
                IntStream.range(0, receiptHandles.size())
                        .mapToObj(
                                id ->
                                        DeleteMessageBatchRequestEntry.builder()
                                                .id(Integer.toString(id))
                                                .receiptHandle(receiptHandles.get(id))
                                                .build())
                        .toList();
        return failures(
                receiptHandles,
                sqs.deleteMessageBatch(r -> r.queueUrl(settings.queueUrl()).entries(entries))
                        .failed());
    }

    @Override
    public List<Failure> changeVisibility(List<String> receiptHandles, Duration visibilityTimeout) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries =
                IntStream.range(0, receiptHandles.size())
                        .mapToObj(
                                id ->
                                        ChangeMessageVisibilityBatchRequestEntry.builder()
                                                .id(Integer.toString(id))
                                                .receiptHandle(receiptHandles.get(id))
                                                .visibilityTimeout(
                                                        (int) visibilityTimeout.toSeconds())
                                                .build())
                        .toList();
        return failures(
                receiptHandles,
                sqs.changeMessageVisibilityBatch(
                                r -> r.queueUrl(settings.queueUrl()).entries(entries))
                        .failed());
    }

    private static List<Failure> failures(
            List<String> receiptHandles, List<BatchResultErrorEntry> failed) {
        return failed.stream()
                .map(
                        entry ->
                                new Failure(
                                        receiptHandles.get(Integer.parseInt(entry.id())),
                                        entry.code(),
                                        SqsFailures.isGone(
                                                entry.code(),
                                                Boolean.TRUE.equals(entry.senderFault()))))
                .toList();
    }

    @Override
    public void close() {
        clients.close();
    }
}
