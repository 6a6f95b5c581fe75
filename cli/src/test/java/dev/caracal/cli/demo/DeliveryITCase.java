package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.delivery.MessageAttribute;
import dev.caracal.connectors.delivery.Outcome;
import dev.caracal.connectors.delivery.Outcome.Delivered;
import dev.caracal.connectors.delivery.Outcome.GiveUp;
import dev.caracal.connectors.sns.SnsDelivery;
import dev.caracal.connectors.sns.SnsTransport;
import dev.caracal.connectors.sqs.SqsDelivery;
import dev.caracal.connectors.sqs.SqsTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Deliveries to real topics and queues of local AWS. */
class DeliveryITCase {

    private static final String ACCOUNT = "123456789012";
    private static final String TOPIC = "arn:aws:sns:us-east-1:" + ACCOUNT + ":alerts";
    private static final List<MessageAttribute> ATTRIBUTES =
            List.of(
                    new MessageAttribute("severity", "HIGH"),
                    new MessageAttribute("logTypes", "String.Array", "[\"AWS.CloudTrail\"]"));

    @TempDir private static Path folder;

    private static LocalAwsProcess aws;
    private static AwsSettings settings;
    private static AwsClients clients;

    @BeforeAll
    static void start() throws Exception {
        Path accounts = folder.resolve("accounts.json");
        Files.writeString(
                accounts,
                """
                {"sqs": {"account": "OURS", "region": "us-east-1",
                         "queues": [{"name": "topic"}, {"name": "direct"},
                                    {"name": "direct.fifo", "attributes": {"FifoQueue": "true"}}]},
                 "accounts": [
                  {"id": "OURS",
                   "accessKeys": [{"id": "AKIAOURS", "secret": "secret-OURS"}],
                   "topics": [{"name": "alerts", "region": "us-east-1", "subscriptions": [
                      {"protocol": "sqs", "endpoint": "arn:aws:sqs:us-east-1:OURS:topic"}]}]}
                 ]}
                """
                        .replace("OURS", ACCOUNT));
        aws =
                LocalAwsProcess.start(
                        Path.of("..", "local-aws").toAbsolutePath().normalize(),
                        accounts,
                        folder.resolve("aws"),
                        folder.resolve("local-aws.log"));
        Configuration options = new Configuration();
        options.set(AwsOptions.REGION, "us-east-1");
        options.set(AwsOptions.SQS_ENDPOINT, aws.endpoints().sqs().toString());
        options.set(AwsOptions.SNS_ENDPOINT, aws.endpoints().sns().toString());
        options.setString(AwsOptions.CREDENTIALS.type.key(), "BASIC");
        options.set(AwsOptions.CREDENTIALS.accessKeyId, "AKIA" + ACCOUNT);
        options.set(AwsOptions.CREDENTIALS.secretKey, "secret-" + ACCOUNT);
        settings = AwsSettings.from(options);
        clients = new AwsClients(settings);
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void aTopicHandsOnTheJsonWithItsAttributes() throws Exception {
        String message = "{\"default\": \"{\\\"ruleId\\\":\\\"R\\\"}\", \"email\": \"text\"}";

        assertThat(publish(TOPIC, message, "New alert: R")).isEqualTo(new Delivered());

        JsonNode envelope = new ObjectMapper().readTree(receive("topic").get(0).body());
        assertThat(envelope.path("Message").asText()).isEqualTo("{\"ruleId\":\"R\"}");
        assertThat(envelope.path("Subject").asText()).isEqualTo("New alert: R");
        assertThat(envelope.path("MessageAttributes").path("severity").path("Value").asText())
                .isEqualTo("HIGH");
        assertThat(envelope.path("MessageAttributes").path("logTypes").path("Type").asText())
                .isEqualTo("String.Array");
    }

    @Test
    void whatATopicRefusesIsGivenUp() {
        assertThat(publish(TOPIC + "-gone", "{\"default\": \"x\"}", ""))
                .isInstanceOfSatisfying(
                        GiveUp.class,
                        outcome -> {
                            assertThat(outcome.reason()).isEqualTo("refused");
                            assertThat(outcome.detail()).startsWith("Answered NotFound");
                        });
        assertThat(publish(TOPIC, "{\"email\": \"no default\"}", "")).isInstanceOf(GiveUp.class);
    }

    @Test
    void aQueueGetsTheMessageWithItsAttributes() {
        assertThat(send("direct", "one")).isEqualTo(new Delivered());

        Message message = receive("direct").get(0);
        assertThat(message.body()).isEqualTo("one");
        assertThat(message.messageAttributes().get("severity").stringValue()).isEqualTo("HIGH");
    }

    @Test
    void aFifoQueueTakesARepeatedDeliveryOnce() {
        assertThat(send("direct.fifo", "two")).isEqualTo(new Delivered());
        assertThat(send("direct.fifo", "two")).isEqualTo(new Delivered());

        assertThat(receive("direct.fifo")).extracting(Message::body).containsExactly("two");
    }

    @Test
    void aQueueThatIsGoneIsGivenUp() {
        assertThat(send("gone", "three")).isInstanceOf(GiveUp.class);
    }

    private static Outcome publish(String topicArn, String message, String subject) {
        try (var transport = SnsTransport.factory(settings).open()) {
            return transport.send(
                    new SnsDelivery("d", topicArn, message, subject, ATTRIBUTES, "g", "k"));
        }
    }

    private static Outcome send(String queue, String body) {
        try (var transport = SqsTransport.factory(settings).open()) {
            return transport.send(new SqsDelivery("d", url(queue), body, ATTRIBUTES, "g", "k"));
        }
    }

    private static String url(String queue) {
        return aws.endpoints().sqs() + "/" + ACCOUNT + "/" + queue;
    }

    private static List<Message> receive(String queue) {
        SqsClient sqs = clients.sqs();
        return sqs.receiveMessage(
                        request ->
                                request.queueUrl(url(queue))
                                        .waitTimeSeconds(10)
                                        .maxNumberOfMessages(10)
                                        .messageAttributeNames("All"))
                .messages();
    }
}
