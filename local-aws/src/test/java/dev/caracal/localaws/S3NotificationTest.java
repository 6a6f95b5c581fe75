package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

class S3NotificationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIVE_MIB = 5 << 20;
    private static TestCloud cloud;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
        s3 = cloud.s3(CUSTOMER_KEY);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void putRaisesTheEventThroughTopicAndEnvelope() throws IOException {
        Instant before = Instant.now().minusMillis(1);
        String queue = cloud.sqs().getQueueUrl(q -> q.queueName("notifications")).queueUrl();
        JsonNode test = JSON.readTree(cloud.receive(queue, 1).get(0).body());
        assertThat(JSON.readTree(test.path("Message").asText()).path("Event").asText())
                .isEqualTo("s3:TestEvent");

        String eTag =
                s3.putObject(
                                p -> p.bucket("logs").key("AWSLogs/one.json"),
                                RequestBody.fromString("hello"))
                        .eTag();

        JsonNode envelope = JSON.readTree(cloud.receive(queue, 1).get(0).body());
        assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.path("Subject").asText()).isEqualTo("Amazon S3 Notification");
        JsonNode event = JSON.readTree(envelope.path("Message").asText()).path("Records").path(0);
        assertThat(event.path("eventVersion").asText()).isEqualTo("2.1");
        assertThat(event.path("eventSource").asText()).isEqualTo("aws:s3");
        assertThat(event.path("awsRegion").asText()).isEqualTo("eu-west-1");
        assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
        assertThat(event.path("eventTime").asText()).endsWith("Z");
        assertThat(Instant.parse(event.path("eventTime").asText()))
                .isBetween(before, Instant.now());
        assertThat(event.at("/s3/configurationId").asText()).isEqualTo("new-logs");
        assertThat(event.at("/s3/bucket/name").asText()).isEqualTo("logs");
        assertThat(event.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::logs");
        assertThat(event.at("/s3/bucket/ownerIdentity/principalId").asText())
                .isEqualTo(TestCloud.CUSTOMER);
        assertThat(event.at("/s3/object/key").asText()).isEqualTo("AWSLogs/one.json");
        assertThat(event.at("/s3/object/size").asLong()).isEqualTo(5);
        assertThat("\"" + event.at("/s3/object/eTag").asText() + "\"").isEqualTo(eTag);
        assertThat(event.at("/s3/object").has("versionId")).isFalse();
        assertThat(event.at("/s3/object/sequencer").asText()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({
        "a b.json, a+b.json",
        "a+b.json, a%2Bb.json",
        "dir/sub/a.json, dir/sub/a.json",
        "é/ü.json, %C3%A9/%C3%BC.json",
        "a=b&c.json, a%3Db%26c.json",
        "100%.json, 100%25.json"
    })
    void keysAreEncodedAsS3EncodesThem(String key, String expected) throws IOException {
        String bucket = bucketToQueue("encoding-" + Integer.toHexString(key.hashCode()));
        s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString("x"));
        assertThat(next(bucket).at("/s3/object/key").asText()).isEqualTo(expected);
    }

    @Test
    void copyAndMultipartUploadRaiseTheirOwnEvents() throws IOException {
        String bucket = bucketToQueue("kinds");
        s3.putObject(p -> p.bucket("plain").key("source"), RequestBody.fromString("copy me"));
        s3.copyObject(
                c ->
                        c.sourceBucket("plain")
                                .sourceKey("source")
                                .destinationBucket(bucket)
                                .destinationKey("copy"));
        JsonNode copy = next(bucket);
        assertThat(copy.path("eventName").asText()).isEqualTo("ObjectCreated:Copy");
        assertThat(copy.at("/s3/object/size").asLong()).isEqualTo(7);

        String upload = s3.createMultipartUpload(c -> c.bucket(bucket).key("big")).uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            int part = number;
            String eTag =
                    s3.uploadPart(
                                    u ->
                                            u.bucket(bucket)
                                                    .key("big")
                                                    .uploadId(upload)
                                                    .partNumber(part),
                                    RequestBody.fromBytes(new byte[FIVE_MIB]))
                            .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(eTag).build());
        }
        String eTag =
                s3.completeMultipartUpload(
                                c ->
                                        c.bucket(bucket)
                                                .key("big")
                                                .uploadId(upload)
                                                .multipartUpload(m -> m.parts(parts)))
                        .eTag();
        JsonNode big = next(bucket);
        assertThat(big.path("eventName").asText())
                .isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(big.at("/s3/object/size").asLong()).isEqualTo(2L * FIVE_MIB);
        assertThat("\"" + big.at("/s3/object/eTag").asText() + "\"").isEqualTo(eTag);
    }

    @Test
    void theJavaMultipartClientRaisesOneEvent() throws IOException {
        String bucket = bucketToQueue("java-multipart");
        try (S3AsyncClient client =
                S3AsyncClient.builder()
                        .endpointOverride(cloud.aws().endpoints().s3())
                        .forcePathStyle(true)
                        .multipartEnabled(true)
                        .region(TestCloud.REGION)
                        .credentialsProvider(StaticCredentialsProvider.create(CUSTOMER_KEY))
                        .build()) {
            client.putObject(
                            p -> p.bucket(bucket).key("big"),
                            AsyncRequestBody.fromBytes(new byte[3 * FIVE_MIB]))
                    .join();
        }
        JsonNode event = next(bucket);
        assertThat(event.path("eventName").asText())
                .isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(event.at("/s3/object/size").asLong()).isEqualTo(3L * FIVE_MIB);
        s3.putObject(p -> p.bucket(bucket).key("last"), RequestBody.fromString("x"));
        assertThat(next(bucket).at("/s3/object/key").asText()).isEqualTo("last");
    }

    @Test
    void versionIdIsThereWhereTheBucketIsVersioned() throws IOException {
        String bucket = bucketToQueue("versioned");
        s3.putBucketVersioning(
                v ->
                        v.bucket(bucket)
                                .versioningConfiguration(
                                        c -> c.status(BucketVersioningStatus.ENABLED)));
        String first =
                s3.putObject(p -> p.bucket(bucket).key("k"), RequestBody.fromString("one"))
                        .versionId();
        JsonNode one = next(bucket);
        assertThat(one.at("/s3/object/versionId").asText()).isEqualTo(first);
        String second =
                s3.putObject(p -> p.bucket(bucket).key("k"), RequestBody.fromString("two!"))
                        .versionId();
        JsonNode two = next(bucket);
        assertThat(two.at("/s3/object/versionId").asText()).isEqualTo(second).isNotEqualTo(first);
        assertThat(two.at("/s3/object/sequencer").asText())
                .isGreaterThan(one.at("/s3/object/sequencer").asText());
        assertThat(
                        s3.getObjectAsBytes(g -> g.bucket(bucket).key("k").versionId(first))
                                .asUtf8String())
                .isEqualTo("one");
    }

    @Test
    void prefixSuffixAndEventNameSelect() throws IOException {
        String queue = cloud.queue("filtered");
        s3.createBucket(b -> b.bucket("filtered"));
        s3.putBucketNotificationConfiguration(
                n ->
                        n.bucket("filtered")
                                .notificationConfiguration(
                                        c ->
                                                c.queueConfigurations(
                                                        q ->
                                                                q.id("gz")
                                                                        .queueArn(cloud.arn(queue))
                                                                        .events(
                                                                                Event
                                                                                        .S3_OBJECT_CREATED_PUT)
                                                                        .filter(
                                                                                f ->
                                                                                        f.key(
                                                                                                k ->
                                                                                                        k
                                                                                                                .filterRules(
                                                                                                                        r ->
                                                                                                                                r.name(
                                                                                                                                                FilterRuleName
                                                                                                                                                        .PREFIX)
                                                                                                                                        .value(
                                                                                                                                                "in/"),
                                                                                                                        r ->
                                                                                                                                r.name(
                                                                                                                                                FilterRuleName
                                                                                                                                                        .SUFFIX)
                                                                                                                                        .value(
                                                                                                                                                ".gz")))))));
        assertThat(cloud.receive(queue, 1).get(0).body()).contains("s3:TestEvent");
        for (String key : List.of("in/a.txt", "out/a.gz", "in/a.gz")) {
            s3.putObject(p -> p.bucket("filtered").key(key), RequestBody.fromString("x"));
        }
        s3.copyObject(
                c ->
                        c.sourceBucket("filtered")
                                .sourceKey("in/a.gz")
                                .destinationBucket("filtered")
                                .destinationKey("in/copied.gz"));
        s3.putObject(p -> p.bucket("filtered").key("in/last.gz"), RequestBody.fromString("x"));
        assertThat(List.of(next("filtered"), next("filtered")))
                .extracting(event -> event.at("/s3/object/key").asText())
                .containsExactly("in/a.gz", "in/last.gz");
    }

    @Test
    void theConfigurationIsGivenBack() {
        GetBucketNotificationConfigurationResponse configuration =
                s3.getBucketNotificationConfiguration(g -> g.bucket("logs"));
        TopicConfiguration topic = configuration.topicConfigurations().get(0);
        assertThat(topic.id()).isEqualTo("new-logs");
        assertThat(topic.topicArn()).isEqualTo("arn:aws:sns:eu-west-1:111111111111:logs-topic");
        assertThat(topic.events()).containsExactly(Event.S3_OBJECT_CREATED);
        assertThat(topic.filter().key().filterRules().get(0).value()).isEqualTo("AWSLogs/");
        assertThat(
                        s3.getBucketNotificationConfiguration(g -> g.bucket("plain"))
                                .hasTopicConfigurations())
                .isFalse();
    }

    @Test
    void aDestinationThatIsNotThereIsRefused() {
        for (String arn :
                List.of(
                        "arn:aws:sns:eu-west-1:111111111111:nowhere",
                        "arn:aws:sns:us-east-1:111111111111:logs-topic")) {
            NotificationConfiguration topics =
                    NotificationConfiguration.builder()
                            .topicConfigurations(
                                    t -> t.topicArn(arn).events(Event.S3_OBJECT_CREATED))
                            .build();
            assertRefused(topics, "InvalidArgument");
        }
        NotificationConfiguration queues =
                NotificationConfiguration.builder()
                        .queueConfigurations(
                                q ->
                                        q.queueArn("arn:aws:sqs:eu-west-1:999999999999:nowhere")
                                                .events(Event.S3_OBJECT_CREATED))
                        .build();
        assertRefused(queues, "InvalidArgument");
    }

    @Test
    void overlappingRulesAndUnknownEventsAreRefused() {
        String topic = "arn:aws:sns:eu-west-1:111111111111:logs-topic";
        TopicConfiguration all =
                TopicConfiguration.builder()
                        .topicArn(topic)
                        .events(Event.S3_OBJECT_CREATED)
                        .build();
        TopicConfiguration puts = all.toBuilder().events(Event.S3_OBJECT_CREATED_PUT).build();
        TopicConfiguration removed = all.toBuilder().events(Event.S3_OBJECT_REMOVED).build();
        assertRefused(
                NotificationConfiguration.builder().topicConfigurations(all, puts).build(),
                "InvalidArgument");
        assertRefused(
                NotificationConfiguration.builder().topicConfigurations(removed).build(),
                "NotImplemented");
    }

    private static void assertRefused(NotificationConfiguration configuration, String code) {
        assertThatThrownBy(
                        () ->
                                s3.putBucketNotificationConfiguration(
                                        p ->
                                                p.bucket("plain")
                                                        .notificationConfiguration(configuration)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    /** A bucket that tells a queue of its own name of everything; the test event is received. */
    private static String bucketToQueue(String name) {
        String queue = cloud.queue(name);
        s3.createBucket(b -> b.bucket(name));
        s3.putBucketNotificationConfiguration(
                n ->
                        n.bucket(name)
                                .notificationConfiguration(
                                        c ->
                                                c.queueConfigurations(
                                                        QueueConfiguration.builder()
                                                                .queueArn(cloud.arn(queue))
                                                                .events(Event.S3_OBJECT_CREATED)
                                                                .build())));
        assertThat(cloud.receive(queue, 1).get(0).body()).contains("s3:TestEvent");
        return name;
    }

    private static JsonNode next(String queueName) throws IOException {
        URI sqs = cloud.aws().endpoints().sqs();
        String queue = sqs + "/" + TestCloud.CARACAL + "/" + queueName;
        return JSON.readTree(cloud.receive(queue, 1).get(0).body()).path("Records").path(0);
    }
}
