package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CARACAL;
import static dev.caracal.localaws.TestCloud.CARACAL_KEY;
import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.model.Message;

class SnsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGS_TOPIC = "arn:aws:sns:eu-west-1:111111111111:logs-topic";
    private static TestCloud cloud;
    private static SnsClient sns;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
        sns = cloud.sns(CARACAL_KEY);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void topicsComeAndGo() {
        String arn = topic("coming");
        assertThat(arn).isEqualTo("arn:aws:sns:eu-west-1:999999999999:coming");
        assertThat(topic("coming")).isEqualTo(arn);
        assertThat(sns.listTopics().topics()).extracting(Topic::topicArn).contains(arn);
        assertThat(cloud.sns(CUSTOMER_KEY).listTopics().topics())
                .extracting(Topic::topicArn)
                .containsExactly(LOGS_TOPIC);
        sns.setTopicAttributes(
                s -> s.topicArn(arn).attributeName("DisplayName").attributeValue("Coming"));
        assertThat(sns.getTopicAttributes(g -> g.topicArn(arn)).attributes())
                .containsEntry("DisplayName", "Coming")
                .containsEntry("Owner", CARACAL)
                .containsEntry("SubscriptionsConfirmed", "0");
        sns.deleteTopic(d -> d.topicArn(arn));
        sns.deleteTopic(d -> d.topicArn(arn));
        assertThat(sns.listTopics().topics()).extracting(Topic::topicArn).doesNotContain(arn);
    }

    @Test
    void aRoleSetsUpItsTopicAndLetsTheBucketTellIt() {
        AwsCredentials role = cloud.assume(TestCloud.NOTIFIER);
        SnsClient client = cloud.sns(role);
        String queue = cloud.queue("managed");

        String arn = client.createTopic(c -> c.name("managed")).topicArn();
        client.setTopicAttributes(
                s -> s.topicArn(arn).attributeName("DisplayName").attributeValue("Managed"));
        client.subscribe(s -> s.topicArn(arn).protocol("sqs").endpoint(cloud.arn(queue)));
        assertThat(cloud.receive(queue, 1).get(0).body()).contains("SubscriptionConfirmation");
        cloud.s3(role)
                .putBucketNotificationConfiguration(
                        put ->
                                put.bucket("plain")
                                        .notificationConfiguration(
                                                all ->
                                                        all.topicConfigurations(
                                                                one ->
                                                                        one.topicArn(arn)
                                                                                .events(
                                                                                        Event
                                                                                                .S3_OBJECT_CREATED))));

        Stream<Consumer<SnsClient>> forbidden =
                Stream.of(
                        sns -> sns.createTopic(c -> c.name("other")),
                        sns -> sns.deleteTopic(d -> d.topicArn(LOGS_TOPIC)),
                        sns -> sns.getTopicAttributes(g -> g.topicArn(arn)),
                        sns -> sns.publish(p -> p.topicArn(arn).message("forged")));
        assertThat(forbidden)
                .allSatisfy(
                        call ->
                                assertThatThrownBy(() -> call.accept(client))
                                        .hasMessageContaining("is not authorized to perform"));
        client.deleteTopic(d -> d.topicArn(arn));
        assertThat(cloud.sns(CUSTOMER_KEY).listTopics().topics())
                .extracting(Topic::topicArn)
                .doesNotContain(arn);
    }

    @Test
    void theEnvelopeHasAllItsFields() throws IOException {
        String queue = cloud.queue("envelope");
        String topic = topic("envelope");
        String subscription = subscribe(topic, queue, Map.of());
        String id =
                sns.publish(
                                p ->
                                        p.topicArn(topic)
                                                .subject("About")
                                                .message("häl<lo>&\"")
                                                .messageAttributes(
                                                        Map.of("severity", string("HIGH"))))
                        .messageId();
        JsonNode envelope = JSON.readTree(cloud.receive(queue, 1).get(0).body());
        assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
        assertThat(envelope.path("TopicArn").asText()).isEqualTo(topic);
        assertThat(envelope.path("Subject").asText()).isEqualTo("About");
        assertThat(envelope.path("Message").asText()).isEqualTo("häl<lo>&\"");
        assertThat(Instant.parse(envelope.path("Timestamp").asText()))
                .isBeforeOrEqualTo(Instant.now());
        assertThat(envelope.path("SignatureVersion").asText()).isEqualTo("1");
        assertThat(envelope.path("Signature").asText()).isNotEmpty();
        assertThat(envelope.path("SigningCertURL").asText()).endsWith(".pem");
        assertThat(envelope.path("UnsubscribeURL").asText()).contains("Action=Unsubscribe");
        assertThat(envelope.at("/MessageAttributes/severity/Type").asText()).isEqualTo("String");
        assertThat(envelope.at("/MessageAttributes/severity/Value").asText()).isEqualTo("HIGH");
        assertThat(sns.listSubscriptionsByTopic(l -> l.topicArn(topic)).subscriptions())
                .extracting(Subscription::subscriptionArn)
                .containsExactly(subscription);
        sns.unsubscribe(u -> u.subscriptionArn(subscription));
        assertThat(sns.listSubscriptionsByTopic(l -> l.topicArn(topic)).subscriptions()).isEmpty();
    }

    @Test
    void rawDeliveryKeepsTheAttributes() {
        String queue = cloud.queue("raw");
        String topic = topic("raw");
        String subscription = subscribe(topic, queue, Map.of());
        sns.setSubscriptionAttributes(
                s ->
                        s.subscriptionArn(subscription)
                                .attributeName("RawMessageDelivery")
                                .attributeValue("true"));
        assertThat(sns.getSubscriptionAttributes(g -> g.subscriptionArn(subscription)).attributes())
                .containsEntry("RawMessageDelivery", "true")
                .containsEntry("PendingConfirmation", "false");
        sns.publish(
                p ->
                        p.topicArn(topic)
                                .message("as it is")
                                .messageAttributes(
                                        Map.of(
                                                "text",
                                                string("a"),
                                                "number",
                                                MessageAttributeValue.builder()
                                                        .dataType("Number")
                                                        .stringValue("7")
                                                        .build(),
                                                "bytes",
                                                MessageAttributeValue.builder()
                                                        .dataType("Binary")
                                                        .binaryValue(SdkBytes.fromUtf8String("xyz"))
                                                        .build())));
        Message message = cloud.receive(queue, 1).get(0);
        assertThat(message.body()).isEqualTo("as it is");
        assertThat(message.messageAttributes().get("text").stringValue()).isEqualTo("a");
        assertThat(message.messageAttributes().get("number").dataType()).isEqualTo("Number");
        assertThat(message.messageAttributes().get("bytes").binaryValue().asUtf8String())
                .isEqualTo("xyz");
    }

    @Test
    void filterPoliciesSelect() {
        String queue = cloud.queue("selective");
        String topic = topic("selective");
        subscribe(
                topic,
                queue,
                Map.of(
                        "RawMessageDelivery",
                        "true",
                        "FilterPolicyScope",
                        "MessageBody",
                        "FilterPolicy",
                        "{\"alert\": {\"severity\": [\"HIGH\"]}}"));
        for (String body :
                List.of(
                        "{\"alert\": {\"severity\": \"LOW\"}}",
                        "no JSON",
                        "{\"alert\": {\"severity\": \"HIGH\"}}")) {
            sns.publish(p -> p.topicArn(topic).message(body));
        }
        assertThat(cloud.receive(queue, 1).get(0).body()).contains("HIGH");
        assertThat(cloud.receiveOnce(queue, 10, 0)).isEmpty();
    }

    @Test
    void messageStructureChoosesByProtocol() {
        String queue = cloud.queue("structured");
        String topic = topic("structured");
        subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
        sns.publish(
                p ->
                        p.topicArn(topic)
                                .messageStructure("json")
                                .message("{\"default\": \"for all\", \"sqs\": \"for queues\"}"));
        assertThat(cloud.receive(queue, 1).get(0).body()).isEqualTo("for queues");
    }

    @Test
    void aBatchMayFailInPart() {
        String queue = cloud.queue("batch");
        String topic = topic("batch");
        subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
        PublishBatchResponse response =
                sns.publishBatch(
                        b ->
                                b.topicArn(topic)
                                        .publishBatchRequestEntries(
                                                entry("good", "one"),
                                                entry("empty", ""),
                                                entry("bad", "not json").toBuilder()
                                                        .messageStructure("json")
                                                        .build(),
                                                entry("also-good", "two")));
        assertThat(response.successful())
                .extracting(r -> r.id())
                .containsExactly("good", "also-good");
        assertThat(response.failed()).extracting(r -> r.id()).containsExactly("empty", "bad");
        assertThat(response.failed().get(0).code()).isEqualTo("InvalidParameter");
        assertThat(response.failed().get(0).senderFault()).isTrue();
        assertThat(cloud.receive(queue, 2))
                .extracting(Message::body)
                .containsExactlyInAnyOrder("one", "two");
    }

    static Stream<Arguments> refusals() {
        String topic = topic("strict");
        String theirs = "arn:aws:sns:eu-west-1:111111111111:logs-topic";
        String queue = "arn:aws:sqs:eu-west-1:999999999999:notifications";
        return Stream.of(
                refusal("NotFound", s -> s.publish(p -> p.topicArn(topic + "x").message("m"))),
                refusal("NotFound", s -> s.getTopicAttributes(g -> g.topicArn(topic + "x"))),
                refusal(
                        "NotFound",
                        s -> s.getSubscriptionAttributes(g -> g.subscriptionArn(topic + ":1"))),
                refusal("InvalidParameter", s -> s.createTopic(c -> c.name("no spaces"))),
                refusal("InvalidParameter", s -> s.publish(p -> p.topicArn(topic).message(""))),
                refusal(
                        "InvalidParameter",
                        s -> s.publish(p -> p.topicArn(topic).message("x".repeat(262145)))),
                refusal(
                        "InvalidParameter",
                        s ->
                                s.publish(
                                        p ->
                                                p.topicArn(topic)
                                                        .messageStructure("json")
                                                        .message("{\"sqs\": \"x\"}"))),
                refusal(
                        "InvalidParameter",
                        s -> s.subscribe(b -> b.topicArn(topic).protocol("smoke").endpoint("x"))),
                refusal(
                        "InvalidParameter",
                        s -> s.subscribe(b -> b.topicArn(topic).protocol("sqs").endpoint("x"))),
                refusal(
                        "InvalidParameter",
                        s ->
                                s.subscribe(
                                        b ->
                                                b.topicArn(topic)
                                                        .protocol("sqs")
                                                        .endpoint(queue)
                                                        .attributes(Map.of("FilterPolicy", "[]")))),
                refusal(
                        "InvalidParameter",
                        s -> s.confirmSubscription(c -> c.topicArn(topic).token("guessed"))),
                refusal("AuthorizationError", s -> s.publish(p -> p.topicArn(theirs).message("m"))),
                refusal("AuthorizationError", s -> s.deleteTopic(d -> d.topicArn(theirs))),
                refusal("EmptyBatchRequest", s -> batch(s, topic)),
                refusal(
                        "TooManyEntriesInBatchRequest",
                        s ->
                                batch(
                                        s,
                                        topic,
                                        IntStream.range(0, 11)
                                                .mapToObj(i -> entry("e" + i, "m"))
                                                .toArray(PublishBatchRequestEntry[]::new))),
                refusal(
                        "BatchEntryIdsNotDistinct",
                        s -> batch(s, topic, entry("a", "m"), entry("a", "m"))),
                refusal("InvalidBatchEntryId", s -> batch(s, topic, entry("a b", "m"))),
                refusal(
                        "BatchRequestTooLong",
                        s ->
                                batch(
                                        s,
                                        topic,
                                        entry("a", "x".repeat(200_000)),
                                        entry("b", "x".repeat(200_000)))));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("refusals")
    void refuses(String code, Consumer<SnsClient> call) {
        assertThatThrownBy(() -> call.accept(sns))
                .isInstanceOfSatisfying(
                        SnsException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    private static Arguments refusal(String code, Consumer<SnsClient> call) {
        return arguments(code, call);
    }

    private static void batch(SnsClient client, String topic, PublishBatchRequestEntry... entries) {
        client.publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(entries));
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    private static String topic(String name) {
        return sns.createTopic(c -> c.name(name)).topicArn();
    }

    private static String subscribe(String topic, String queue, Map<String, String> attributes) {
        return sns.subscribe(
                        s ->
                                s.topicArn(topic)
                                        .protocol("sqs")
                                        .endpoint(cloud.arn(queue))
                                        .attributes(attributes))
                .subscriptionArn();
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }
}
