package dev.caracal.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

class SqsTest {
    private static TestCloud cloud;
    private static SqsClient sqs;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
        sqs = cloud.sqs();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void arnsCarryAccountAndRegion() {
        String url = sqs.getQueueUrl(q -> q.queueName("notifications")).queueUrl();
        assertThat(cloud.arn(url)).isEqualTo("arn:aws:sqs:eu-west-1:999999999999:notifications");
        assertThat(
                        sqs.getQueueAttributes(
                                        a ->
                                                a.queueUrl(url)
                                                        .attributeNames(
                                                                QueueAttributeName
                                                                        .VISIBILITY_TIMEOUT))
                                .attributes())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60");
    }

    @Test
    void deletingTwiceSucceeds() {
        String url = cloud.queue("twice");
        sqs.sendMessage(s -> s.queueUrl(url).messageBody("m"));
        Message message = cloud.receiveOnce(url, 10, 20).get(0);
        sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
        sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
        DeleteMessageBatchResponse batch =
                sqs.deleteMessageBatch(
                        d ->
                                d.queueUrl(url)
                                        .entries(
                                                e ->
                                                        e.id("a")
                                                                .receiptHandle(
                                                                        message.receiptHandle())));
        assertThat(batch.successful()).hasSize(1);
        assertThat(batch.failed()).isEmpty();
        assertThatThrownBy(() -> sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle("rubbish")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
    }

    @Test
    void messagesMoveToTheDeadLetterQueue() {
        String deadLetters = cloud.queue("dead-letters");
        String url =
                sqs.createQueue(
                                q ->
                                        q.queueName("short-lived")
                                                .attributes(
                                                        Map.of(
                                                                QueueAttributeName
                                                                        .VISIBILITY_TIMEOUT,
                                                                "0",
                                                                QueueAttributeName.REDRIVE_POLICY,
                                                                "{\"maxReceiveCount\":\"1\",\"deadLetterTargetArn\":\""
                                                                        + cloud.arn(deadLetters)
                                                                        + "\"}")))
                        .queueUrl();
        sqs.sendMessage(s -> s.queueUrl(url).messageBody("poison"));
        assertThat(cloud.receiveOnce(url, 1, 20)).hasSize(1);
        assertThat(cloud.receiveOnce(url, 1, 0)).isEmpty();
        List<Message> dead = cloud.receive(deadLetters, 1);
        assertThat(dead).extracting(Message::body).containsExactly("poison");
    }
}
