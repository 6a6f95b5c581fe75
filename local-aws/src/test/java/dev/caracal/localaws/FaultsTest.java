package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CARACAL_KEY;
import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sts.model.StsException;

class FaultsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static TestCloud cloud;
    private static S3Client s3;
    private static String queue;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
        s3 = cloud.s3(CUSTOMER_KEY);
        queue = cloud.queue("faults");
        s3.putBucketNotificationConfiguration(
                n ->
                        n.bucket("plain")
                                .notificationConfiguration(
                                        c ->
                                                c.queueConfigurations(
                                                        q ->
                                                                q.queueArn(cloud.arn(queue))
                                                                        .events(
                                                                                Event
                                                                                        .S3_OBJECT_CREATED)
                                                                        .filter(
                                                                                f ->
                                                                                        f.key(
                                                                                                k ->
                                                                                                        k
                                                                                                                .filterRules(
                                                                                                                        r ->
                                                                                                                                r.name(
                                                                                                                                                "prefix")
                                                                                                                                        .value(
                                                                                                                                                "n/")))))));
        assertThat(cloud.receive(queue, 1)).hasSize(1);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void putObjects() {
        s3.putObject(p -> p.bucket("plain").key("k"), RequestBody.fromBytes(new byte[100_000]));
        s3.putObject(p -> p.bucket("logs").key("k"), RequestBody.fromString("k"));
        cloud.aws().counters().reset();
    }

    @AfterEach
    void clear() throws Exception {
        assertThat(cloud.admin("DELETE", "/faults", "").body()).isEqualTo("[]");
    }

    @Test
    void throttlingStrikesAsOftenAsAsked() throws Exception {
        HttpResponse<String> added =
                fault(
                        """
                        {"kind": "s3-slow-down", "bucket": "plain", "keyPrefix": "k", "operation": "GetObject", "count": 2}
                        """);
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(added.body()).at("/0/kind").asText()).isEqualTo("s3-slow-down");
        s3.headObject(h -> h.bucket("plain").key("k"));
        s3.getObjectAsBytes(g -> g.bucket("logs").key("k"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket("plain").key("k")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> {
                                assertThat(e.statusCode()).isEqualTo(503);
                                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                            });
        }
        s3.getObjectAsBytes(g -> g.bucket("plain").key("k"));
        assertThat(cloud.admin("GET", "/faults", "").body()).isEqualTo("[]");
        assertThat(
                        JSON.readTree(cloud.admin("GET", "/counters", "").body())
                                .at("/s3/GetObject")
                                .asInt())
                .isEqualTo(4);
    }

    @Test
    void aProbabilityStrikesTheSameRequestsForTheSameSeed() throws Exception {
        String fault = "{\"kind\": \"s3-slow-down\", \"probability\": 0.5, \"seed\": 11}";
        fault(fault);
        List<Boolean> first = strikes();
        cloud.admin("PUT", "/faults", "[" + fault + "]");
        assertThat(strikes()).isEqualTo(first).contains(true, false);
    }

    private static List<Boolean> strikes() {
        List<Boolean> strikes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            try {
                s3.headBucket(h -> h.bucket("plain"));
                strikes.add(false);
            } catch (S3Exception e) {
                strikes.add(true);
            }
        }
        return strikes;
    }

    @Test
    void latencyHoldsTheAnswerBack() throws Exception {
        fault("{\"kind\": \"s3-latency\", \"milliseconds\": 300, \"count\": 1}");
        long start = System.nanoTime();
        s3.getObjectAsBytes(g -> g.bucket("logs").key("k"));
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(300);
    }

    @Test
    void theConnectionBreaksOffInTheBody() throws Exception {
        fault("{\"kind\": \"s3-connection-cut\", \"bytes\": 60000, \"count\": 1}");
        byte[] head = new byte[60_000];
        try (InputStream body = s3.getObject(g -> g.bucket("plain").key("k"))) {
            assertThat(body.readNBytes(head, 0, head.length)).isEqualTo(head.length);
            assertThatThrownBy(body::read).isInstanceOf(Exception.class);
        }
        assertThat(s3.getObjectAsBytes(g -> g.bucket("plain").key("k")).asByteArray())
                .hasSize(100_000);
    }

    @Test
    void sessionsExpireAtOnceAndForGood() throws Exception {
        AwsSessionCredentials session = cloud.assume(TestCloud.READER);
        fault("{\"kind\": \"expired-session\", \"count\": 1}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(
                            () ->
                                    cloud.s3(session)
                                            .getObjectAsBytes(g -> g.bucket("logs").key("k")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e ->
                                    assertThat(e.awsErrorDetails().errorCode())
                                            .isEqualTo("ExpiredToken"));
        }
        cloud.s3(cloud.assume(TestCloud.READER)).getObjectAsBytes(g -> g.bucket("logs").key("k"));
    }

    @Test
    void notificationsComeTwice() throws Exception {
        fault("{\"kind\": \"duplicate-notifications\", \"count\": 1}");
        putNotified("n/twice");
        putNotified("n/once");
        assertThat(cloud.receive(queue, 3))
                .extracting(FaultsTest::key)
                .containsExactlyInAnyOrder("n/twice", "n/twice", "n/once");
    }

    @Test
    void notificationsOvertakeEachOther() throws Exception {
        fault("{\"kind\": \"reordered-notifications\", \"milliseconds\": 2000, \"count\": 1}");
        putNotified("n/first");
        putNotified("n/second");
        assertThat(cloud.receive(queue, 2))
                .extracting(FaultsTest::key)
                .containsExactly("n/second", "n/first");
    }

    @Test
    void snsAndStsRefuse() throws Exception {
        fault("{\"kind\": \"sns-refusal\", \"count\": 1}");
        fault("{\"kind\": \"sts-refusal\", \"count\": 1}");
        assertThatThrownBy(() -> cloud.sns(CARACAL_KEY).listTopics())
                .isInstanceOfSatisfying(
                        SnsException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
        assertThatThrownBy(() -> cloud.assume(TestCloud.READER))
                .isInstanceOfSatisfying(
                        StsException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        cloud.assume(TestCloud.READER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\": \"s3-fire\"}                              | s3-slow-down",
                "{\"kind\": \"s3-latency\", \"second\": 1}            | second",
                "{\"bucket\": \"b\"}                                  | kind is missing",
                "{\"kind\": \"s3-latency\", \"probability\": 2}       | probability is 2",
                "{\"kind\": \"s3-latency\", \"count\": 0}             | count is 0",
                "nonsense                                             | nonsense",
            })
    void badFaultsAreRefusedWithAReason(String fault, String reason) throws Exception {
        HttpResponse<String> answer = fault(fault);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").asText()).contains(reason);
    }

    private static HttpResponse<String> fault(String json) throws Exception {
        return cloud.admin("POST", "/faults", json);
    }

    private static void putNotified(String key) {
        s3.putObject(p -> p.bucket("plain").key(key), RequestBody.fromString("x"));
    }

    private static String key(Message message) {
        try {
            return JSON.readTree(message.body()).at("/Records/0/s3/object/key").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
